/** The host without a window: `npm run host -- --help`. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Failure, toAppError } from '../../shared/contract/errors.ts'
import { createTranslator, languageOf } from '../../shared/i18n/index.ts'
import { parseCommandLine, UsageExit } from './command-line.ts'
import { openHost } from './host.ts'
import { whenNpmIsGone } from './npm-parent.ts'
import { createTerminalLog } from './terminal-log.ts'

const { LC_ALL, LC_MESSAGES, LANG } = process.env
/** `ko_KR.UTF-8` as a language tag: `ko-KR` (POSIX, XBD 8.2). */
const locale = [LC_ALL, LC_MESSAGES, LANG]
  .find(Boolean)
  ?.replace(/[.@].*/, '')
  .replaceAll('_', '-')
const translator = createTranslator(languageOf(locale ?? 'en'))

const packageFile = new URL('../../package.json', import.meta.url)
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')))

/** Ends the process with one sentence. */
const fail = (thrown: unknown): never => {
  if (thrown instanceof UsageExit) {
    const stream = thrown.exitCode === 0 ? process.stdout : process.stderr
    stream.write(`${thrown.text.trimEnd()}\n`)
    process.exit(thrown.exitCode)
  }
  const { code, params } = toAppError(thrown)
  process.stderr.write(`${translator.t(code, { ns: 'errors', ...params })}\n`)
  process.exit(1)
}

const run = async (): Promise<void> => {
  const { data, logLevel, ...given } = parseCommandLine(process.argv.slice(2), version, translator)
  const log = createTerminalLog(logLevel)
  process.on('uncaughtException', thrown => {
    log.error('crashed', { error: thrown.stack })
    fail(thrown instanceof Failure ? thrown : new Failure('host-failed'))
  })
  const host = await openHost({
    ...given,
    dataDir: data,
    version,
    firstRoom: translator.t('cli:firstRoom'),
    log,
  })
  const stop = (): void => {
    host.stop().then(() => process.exit(0), fail)
  }
  // Signals come twice where both a terminal and npm send them; the second must not end what the first began.
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  whenNpmIsGone(stop)
  const { ws, tcp } = host
  process.stdout.write(`${JSON.stringify({ ready: true, ws, ...(tcp !== null && { tcp }) })}\n`)
}

run().catch(fail)
