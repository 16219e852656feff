/** The host's command line: what may be given, and the sentence for what may not. */
import { hostname } from 'node:os'
import { Command, CommanderError, Option } from 'commander'
import type { i18n } from 'i18next'
import { z } from 'zod'
import { Failure } from '../../shared/contract/errors.ts'
import { portSchema } from '../../shared/contract/desktop-commands.ts'
import { isLoopback } from './addresses.ts'
import { defaultDataFolder } from './data-folder.ts'
import { displayNameSchema } from './display-name.ts'
import { logLevels, type LogLevel } from './terminal-log.ts'

/** The passcode's variable: an argument can be read by every user of the computer. */
const passcodeVariable = 'STOMPBOX_PASSCODE'
const defaults = { bind: '127.0.0.1', port: 7070, logLevel: 'info' }
const readyLine = '{"ready":true,"ws":"ws://127.0.0.1:7070/stomp"}'

export interface CommandLine {
  bind: string
  port: number
  tcpPort: number | null
  data: string
  passcode: string | null
  name: string
  logLevel: LogLevel
}

/** Nothing is to be run: either help or the version was asked for, or what was given is wrong. */
export class UsageExit extends Error {
  override readonly name = 'UsageExit'
  readonly exitCode: 0 | 2
  /** For standard output where the exit code is 0, else for standard error. */
  readonly text: string

  constructor(exitCode: 0 | 2, text: string) {
    super(text)
    this.exitCode = exitCode
    this.text = text
  }
}

const textSchema = z.object({
  bind: z.string(),
  port: z.string(),
  tcpPort: z.string().optional(),
  data: z.string(),
  passcode: z.string().optional(),
  name: z.string(),
  logLevel: z.enum(logLevels),
})

const declare = (version: string, { t }: i18n): Command => {
  const option = (flags: string, text: string, value: string): Option =>
    new Option(flags, text).default(value)
  return new Command('stompbox-host')
    .description(t('cli:description'))
    .version(version, '-V, --version', t('cli:optionVersion'))
    .helpOption('-h, --help', t('cli:optionHelp'))
    .addOption(option('--bind <address>', t('cli:optionBind', { default: defaults.bind }), defaults.bind))
    .addOption(
      option('--port <number>', t('cli:optionPort', { default: defaults.port }), String(defaults.port)),
    )
    .addOption(new Option('--tcp-port <number>', t('cli:optionTcpPort')))
    .addOption(
      option('--data <folder>', t('cli:optionData', { default: defaultDataFolder() }), defaultDataFolder()),
    )
    .addOption(
      new Option('--passcode <text>', t('cli:optionPasscode', { variable: passcodeVariable })).env(
        passcodeVariable,
      ),
    )
    .addOption(option('--name <text>', t('cli:optionName', { default: hostname() }), hostname()))
    .addOption(
      new Option(
        '--log-level <level>',
        t('cli:optionLogLevel', { levels: logLevels.join(', '), default: defaults.logLevel }),
      )
        .choices(logLevels)
        .default(defaults.logLevel),
    )
    .addHelpText('after', `\n${t('cli:helpReady', { line: readyLine })}`)
    .configureHelp({
      optionDescription: ({ description }) => description,
      styleTitle: title => (title === 'Usage:' ? t('cli:usage') : t('cli:options')),
    })
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .exitOverride()
}

/** @returns the sentence for what commander refuses; it names the option in quotes. */
const explain = ({ code, message }: CommanderError, { t }: i18n): string => {
  const quoted = Array.from(message.matchAll(/'([^']*)'/g), ([, text]) => text ?? '')
  const option = quoted[0]?.split(/[ ,=]/, 1)[0] ?? ''
  switch (code) {
    case 'commander.unknownOption':
      return t('cli:unknownOption', { option })
    case 'commander.optionMissingArgument':
      return t('cli:missingValue', { option })
    case 'commander.invalidArgument':
      return t('cli:unknownValue', { option, value: quoted[1] ?? '', choices: logLevels.join(', ') })
    default:
      return t('cli:noArguments')
  }
}

const parsePort = (text: string): number => {
  const port = portSchema.safeParse(/^\d+$/.test(text) ? Number(text) : undefined)
  if (port.success) return port.data
  throw new Failure('port-invalid', { port: text })
}

const check = (given: z.infer<typeof textSchema>): CommandLine => {
  const port = parsePort(given.port)
  const tcpPort = given.tcpPort === undefined ? null : parsePort(given.tcpPort)
  const name = displayNameSchema.safeParse(given.name)
  if (!name.success) throw new Failure('input-invalid', { what: '--name' })
  const passcode = given.passcode?.trim() === '' ? null : (given.passcode ?? null)
  if (passcode === null && !isLoopback(given.bind)) throw new Failure('passcode-missing')
  return { ...given, port, tcpPort, name: name.data, passcode }
}

/**
 * @param args what follows the program's name.
 * @param translator in the language for the person at the terminal.
 * @throws {UsageExit} with what is to be printed.
 */
export const parseCommandLine = (args: string[], version: string, translator: i18n): CommandLine => {
  let printed = ''
  const command = declare(version, translator).configureOutput({
    writeOut: text => {
      printed += text
    },
    writeErr: () => undefined,
  })
  try {
    return check(textSchema.parse(command.parse(args, { from: 'user' }).opts()))
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) throw new UsageExit(0, printed)
    if (thrown instanceof CommanderError) throw new UsageExit(2, explain(thrown, translator))
    if (thrown instanceof Failure) {
      const { code, params } = thrown.error
      throw new UsageExit(2, translator.t(code, { ns: 'errors', ...params }))
    }
    throw thrown
  }
}
