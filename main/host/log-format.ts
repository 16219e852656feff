import { pino, type LoggerOptions } from 'pino'

/** How a line of a log looks, of the host's and of the app's: one JSON object, with the time as ISO 8601 has it. */
export const logFormat: LoggerOptions = {
  base: null,
  messageKey: 'event',
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: label => ({ level: label }) },
}
