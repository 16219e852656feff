/** The host's command line: its options, and the sentences for invalid ones. */
import { Command, CommanderError, Option } from 'commander'
import type { i18n } from 'i18next'
import { Failure } from '../../../shared/contract/errors.ts'
import { Complaint } from './complaint.ts'
import { readConfigFile, readEnvironment, variableOf, type SettingSource } from './given-settings.ts'
import { resolveDataFolder, resolveSettings, type HostSettings } from './resolve-settings.ts'
import {
  kebab,
  placeholders,
  settingNames,
  settingsSchema,
  type GivenSettings,
  type SettingName,
} from './settings.ts'
import { logLevels } from '../observe/terminal-log.ts'

const readyLine = '{"ready":true,"ws":"ws://127.0.0.1:7070/stomp"}'

/** A parsed command line. */
export type CommandLine =
  | { command: 'host'; settings: HostSettings }
  /** `file` is the backup, `data` the host's folder; `force` replaces existing files. */
  | { command: 'backup' | 'restore'; file: string; data: string; force: boolean }

/** Nothing has to run: help or the version was requested, or the arguments are invalid. */
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

const flagOf = (setting: string): string => `--${kebab(setting)}`

const optionOf = (setting: SettingName, { t }: i18n): Option => {
  const placeholder = placeholders[setting]
  const text = t(`cli:option.${setting}`, { levels: logLevels.join(', ') })
  const usual = settingsSchema.shape[setting].safeParse(undefined).data
  const hasDefault = typeof usual === 'string' || typeof usual === 'number'
  return new Option(
    placeholder === null ? flagOf(setting) : `${flagOf(setting)} <${placeholder}>`,
    hasDefault ? t('cli:withDefault', { text, value: usual }) : text,
  )
}

/** The flags as parsed by commander. */
type Flags = Record<string, string | boolean | undefined>

const flagSource = (flags: Flags): SettingSource => {
  const given: GivenSettings = {}
  for (const setting of settingNames)
    if (flags[setting] !== undefined) given[setting] = String(flags[setting])
  return { given, called: flagOf }
}

/** @returns the sources of settings, weakest first. */
const sourcesOf = (flags: Flags, environment: NodeJS.ProcessEnv): SettingSource[] => {
  const { source, config } = readEnvironment(environment)
  const file = typeof flags.config === 'string' ? flags.config : config
  return [...(file === null ? [] : [readConfigFile(file)]), source, flagSource(flags)]
}

type Done = (line: CommandLine) => void

const declare = (version: string, translator: i18n, environment: NodeJS.ProcessEnv, done: Done): Command => {
  const { t } = translator
  const titles: Readonly<Record<string, string>> = {
    'Usage:': t('cli:usage'),
    'Arguments:': t('cli:arguments'),
    'Options:': t('cli:options'),
    'Commands:': t('cli:commands'),
  }
  const withOptions = (command: Command, settings: readonly SettingName[]): Command => {
    command
      .helpOption('-h, --help', t('cli:option.help'))
      .allowExcessArguments(false)
      .addOption(new Option('--config <file>', t('cli:option.config')))
    for (const setting of settings) command.addOption(optionOf(setting, translator))
    return command
  }
  const program = new Command('stompbox-host')
    .description(t('cli:description'))
    .version(version, '-V, --version', t('cli:option.version'))
    .helpCommand(false)
    .enablePositionalOptions()
    .configureHelp({
      optionDescription: ({ description }) => description,
      styleTitle: title => titles[title] ?? title,
    })
    .showSuggestionAfterError(false)
    .exitOverride()
    .addHelpText('after', `\n${t('cli:helpSources', { variable: variableOf('maxFrame') })}`)
    .addHelpText('after', `\n${t('cli:helpReady', { line: readyLine })}`)
  withOptions(program, settingNames).action((flags: Flags) =>
    done({ command: 'host', settings: resolveSettings(sourcesOf(flags, environment)) }),
  )
  for (const command of ['backup', 'restore'] as const) {
    const added = program
      .command(command)
      .description(t(`cli:command.${command}`))
      .argument('<file>', t('cli:argumentFile'))
      .option('--force', t('cli:option.force'))
    withOptions(added, ['data']).action((file: string, flags: Flags) => {
      const data = resolveDataFolder(sourcesOf(flags, environment))
      done({ command, file, data, force: flags.force === true })
    })
  }
  return program
}

/** @returns an error from commander as a complaint; its message names the option in quotes. */
const complaintOf = ({ code, message }: CommanderError): Complaint => {
  const [, quoted = ''] = /'([^']*)'/.exec(message) ?? []
  const option = quoted.split(/[ ,=]/, 1)[0] ?? ''
  if (code === 'commander.unknownOption') return new Complaint('unknownOption', { option })
  if (code === 'commander.optionMissingArgument') return new Complaint('missingValue', { option })
  return new Complaint(code === 'commander.missingArgument' ? 'missingFile' : 'noArguments')
}

/** @returns the sentence for a complaint or failure. @throws any other error unchanged. */
const sentence = (thrown: unknown, { t }: i18n): string => {
  const cause = thrown instanceof CommanderError ? complaintOf(thrown) : thrown
  if (cause instanceof Complaint) return t(`cli:${cause.about}`, cause.params)
  if (cause instanceof Failure) return t(cause.error.code, { ns: 'errors', ...cause.error.params })
  throw cause
}

/**
 * @param args the arguments behind the program's name.
 * @param translator in the language of the person at the terminal.
 * @throws {UsageExit} with the text to print.
 */
export const parseCommandLine = (
  args: string[],
  version: string,
  translator: i18n,
  environment = process.env,
): CommandLine => {
  let printed = ''
  let understood: CommandLine | undefined
  const command = declare(version, translator, environment, line => {
    understood = line
  })
  command.configureOutput({
    writeOut: text => {
      printed += text
    },
    writeErr: () => undefined,
  })
  for (const each of command.commands) each.copyInheritedSettings(command)
  try {
    command.parse(args, { from: 'user' })
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) throw new UsageExit(0, printed)
    throw new UsageExit(2, sentence(thrown, translator))
  }
  if (!understood) throw new Error('commander has run no command')
  return understood
}
