import type { Log } from '../../shared/core/ports.ts'

export type LogLine = { level: keyof Log; event: string } & Record<string, unknown>

/** A log that keeps its lines for the test to read. */
export const collectLog = (): { log: Log; lines: LogLine[] } => {
  const lines: LogLine[] = []
  const at =
    (level: keyof Log): Log['info'] =>
    (event, fields) =>
      void lines.push({ ...fields, level, event })
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines }
}
