/** The line format of the host's and the app's logs. */
import { pino, type Logger, type LoggerOptions } from 'pino'
import { escapeControls } from '../../../shared/text/controls.ts'

/** Fields that are redacted if they are ever logged; at the top level and one level down. */
const secretFields = [
  'passcode',
  'deviceKey',
  'device-key',
  'content',
  'text',
  'draft',
  'body',
  'Authorization',
]
const secretPaths = secretFields.flatMap(field => [`["${field}"]`, `*["${field}"]`])

/** One JSON object a line, with an ISO 8601 time. */
const format: LoggerOptions = {
  base: null,
  messageKey: 'event',
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: label => ({ level: label }) },
  redact: { paths: secretPaths, remove: true },
}

/**
 * A URL: scheme, user and password, host and path, query and fragment. Credentials, query and fragment may hold tokens
 * and passcodes.
 */
const url = /\b([a-z][a-z\d+.-]{1,20}:\/\/)(?:[^\s"\\/?#]*@)?([^\s"\\?#]*)([?#][^\s"\\]*)?/gi

/**
 * @param line JSON.
 * @returns the line without the secrets in URLs, and with every character escaped that a terminal or a viewer could
 *   interpret.
 */
export const safeLine = (line: string): string =>
  escapeControls(
    line.replaceAll(
      url,
      (_url, scheme: string, place: string, secret?: string) => `${scheme}${place}${secret ? '?…' : ''}`,
    ),
  )

/** @param output receives whole lines. @returns a logger. */
export const createLogger = (level: string, output: { write: (line: string) => unknown }): Logger =>
  pino({ ...format, level }, { write: line => void output.write(safeLine(line)) })
