/** The log of a host without a window: one JSON object a line on standard error. */
import { pino } from 'pino'
import { createLogger } from './log-format.ts'
import type { HostLog } from '../ports/options.ts'

export const logLevels = ['info', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** Lines are written synchronously, so that none is lost when the process ends. */
export const createTerminalLog = (level: LogLevel): HostLog => {
  const logger = createLogger(level, pino.destination({ fd: 2, sync: true }))
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    error: (event, fields) => logger.error(fields ?? {}, event),
  }
}
