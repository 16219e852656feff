/** The host without a window: `npm run host -- --help`. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Failure, toAppError } from '../../../shared/contract/errors.ts'
import { inviteLink } from '../../../shared/contract/invite.ts'
import { createTranslator, languageOf } from '../../../shared/i18n/index.ts'
import { escapeControls } from '../../../shared/text/controls.ts'
import { parseCommandLine, UsageExit } from './command-line.ts'
import { backUp, restore } from '../history/backup.ts'
import { whenNpmIsGone } from './npm-parent.ts'
import type { HostSettings } from './resolve-settings.ts'
import { serve } from './serve.ts'
import { terminalCode } from './terminal-code.ts'
import { createTerminalLog } from '../observe/terminal-log.ts'

const { LC_ALL, LC_MESSAGES, LANG } = process.env
/** `ko_KR.UTF-8` as a language tag: `ko-KR` (POSIX, XBD 8.2). */
const locale = [LC_ALL, LC_MESSAGES, LANG]
  .find(Boolean)
  ?.replace(/[.@].*/, '')
  .replaceAll('_', '-')
const translator = createTranslator(languageOf(locale ?? 'en'), 'terminal')

const packageFile = new URL('../../../package.json', import.meta.url)
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')))

/** Names, paths and errors in the text come from elsewhere, so it is escaped. */
const write = (stream: NodeJS.WritableStream, text: string): void =>
  void stream.write(`${escapeControls(text)}\n`)

/** Writes to the person at the terminal; standard output is for the ready line. */
const say = (sentence: string): void => write(process.stderr, sentence)

/** Ends the process with one sentence. */
const fail = (thrown: unknown): never => {
  if (thrown instanceof UsageExit) {
    write(thrown.exitCode === 0 ? process.stdout : process.stderr, thrown.text.trimEnd())
    process.exit(thrown.exitCode)
  }
  const { code, params, detail } = toAppError(thrown)
  say(translator.t(code, { ns: 'errors', ...params }))
  // The log may not exist yet.
  if (code === 'internal' && detail !== undefined) say(detail)
  process.exit(1)
}

/** How long a shutdown may take. Milliseconds. Received messages are stored at its beginning. */
const longestEnd = 10_000

const host = async (settings: HostSettings): Promise<void> => {
  const log = createTerminalLog(settings.logLevel)
  process.on('uncaughtException', thrown => {
    log.error('crashed', { error: thrown.stack })
    fail(thrown instanceof Failure ? thrown : new Failure('host-failed'))
  })
  const { invite, ready, stop } = await serve({ settings, version, translator, log })
  const end = (): void => {
    setTimeout(() => process.exit(0), longestEnd).unref()
    stop().then(() => process.exit(0), fail)
  }
  // Both a terminal and npm may send the signal; the second one must not interrupt the shutdown.
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  whenNpmIsGone(end)
  const { fingerprint } = ready
  if (typeof fingerprint === 'string') say(translator.t('cli:fingerprint', { fingerprint }))
  // The invitation contains the passcode, which may be shown on a screen but not logged.
  if (process.stderr.isTTY) {
    say(translator.t('cli:invite', { link: inviteLink(invite) }))
    // Without the name the code has fewer modules, which a camera reads more easily.
    const code = terminalCode(inviteLink({ ...invite, name: null }), process.stderr)
    if (code !== null) process.stderr.write(`${code}\n`)
  }
  write(process.stdout, JSON.stringify(ready))
}

const run = async (): Promise<void> => {
  const line = parseCommandLine(process.argv.slice(2), version, translator)
  if (line.command === 'host') {
    await host(line.settings)
    return
  }
  const { data, file, force } = line
  if (line.command === 'backup') backUp(data, file, force)
  else restore(data, file, force)
  say(translator.t(line.command === 'backup' ? 'cli:backedUp' : 'cli:restored', { data, file }))
}

run().catch(fail)
