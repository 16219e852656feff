/** The app's log: one JSON object per line in `logs/stompbox.log`, without secrets and without the text of messages. */
import { join } from 'node:path'
import type { Log } from '../../shared/core/ports.ts'
import { createLogger } from '../host/observe/log-format.ts'
import { openRotatingFile } from './rotating-file.ts'

export interface FileLog extends Log {
  close: () => void
}

/** Opens the log in `folder`; level `debug` logs more. */
export const openLog = (folder: string, level: 'debug' | 'info' = 'info'): FileLog => {
  const file = openRotatingFile(join(folder, 'stompbox.log'))
  const logger = createLogger(level, file)
  return {
    debug: (event, fields) => logger.debug(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
    close: file.close,
  }
}
