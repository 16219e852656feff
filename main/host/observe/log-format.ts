/** How a line of a log looks, of the host's and of the app's. */
import { pino, type Logger, type LoggerOptions } from 'pino'
import { escapeControls } from '../../../shared/text/controls.ts'

/** Fields that are taken out should they ever be given; at the top and one level down. */
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

/** One JSON object, with the time as ISO 8601 has it. */
const format: LoggerOptions = {
  base: null,
  messageKey: 'event',
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: label => ({ level: label }) },
  redact: { paths: secretPaths, remove: true },
}

/** A URL: scheme, user and password, host and path, query and fragment. In the last three there are tokens and passcodes. */
const url = /\b([a-z][a-z\d+.-]{1,20}:\/\/)(?:[^\s"\\/?#]*@)?([^\s"\\?#]*)([?#][^\s"\\]*)?/gi

/**
 * @param line JSON.
 * @returns the same without the secrets of URLs, and with every character escaped that a terminal or a viewer could act on.
 */
export const safeLine = (line: string): string =>
  escapeControls(
    line.replaceAll(
      url,
      (_url, scheme: string, place: string, secret?: string) => `${scheme}${place}${secret ? '?…' : ''}`,
    ),
  )

/** @param output takes whole lines. @returns the one way to write a log. */
export const createLogger = (level: string, output: { write: (line: string) => unknown }): Logger =>
  pino({ ...format, level }, { write: line => void output.write(safeLine(line)) })
