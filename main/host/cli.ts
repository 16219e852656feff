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
const translator = createTranslator(languageOf([LC_ALL, LC_MESSAGES, LANG].find(Boolean) ?? 'en'))

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
  const { bind, port, data, passcode, name, logLevel } = parseCommandLine(
    process.argv.slice(2),
    version,
    translator,
  )
  const log = createTerminalLog(logLevel)
  process.on('uncaughtException', thrown => {
    log.error('crashed', { error: thrown.stack })
    fail(thrown instanceof Failure ? thrown : new Failure('host-failed'))
  })
  const host = await openHost({
    bind,
    port,
    dataDir: data,
    passcode,
    name,
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
  process.stdout.write(`${JSON.stringify({ ready: true, ws: host.ws })}\n`)
}

run().catch(fail)
