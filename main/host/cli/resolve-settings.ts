/** Merges all sources into the settings that a host runs with. */
import { Failure } from '../../../shared/contract/errors.ts'
import { isLoopback } from '../network/addresses.ts'
import { Complaint } from './complaint.ts'
import type { SettingSource } from './given-settings.ts'
import { checkPasscode } from '../admission/passcode.ts'
import { readText } from '../admission/read-text.ts'
import { isSettingName, issueSchema, settingsSchema, type GivenSettings, type Settings } from './settings.ts'

/** Settings of a host, with the passcode read; null for none. */
export type HostSettings = Omit<Settings, 'passcodeFile' | 'passcode'> & { passcode: string | null }

/** A passcode in either form replaces the one from a weaker source. */
const withPasscodeOf = (source: GivenSettings, before: GivenSettings): GivenSettings => {
  const { passcode, passcodeFile } = source
  if (passcode === undefined && passcodeFile === undefined) return before
  if (passcode !== undefined && passcodeFile !== undefined) throw new Complaint('passcodeTwice')
  const { passcode: _passcode, passcodeFile: _passcodeFile, ...others } = before
  return others
}

const merge = (sources: readonly SettingSource[]): GivenSettings =>
  sources.reduce<GivenSettings>((before, { given }) => ({ ...withPasscodeOf(given, before), ...given }), {})

/** @returns the error of the first invalid value, under the name by which it was given. */
const refusal = (found: unknown, given: GivenSettings, sources: readonly SettingSource[]): Error => {
  const { message, path, params } = issueSchema.parse(found)
  const setting = path.find(isSettingName) ?? 'name'
  const value = given[setting] ?? ''
  const option = sources.findLast(source => source.given[setting] !== undefined)?.called(setting) ?? setting
  if (message === 'port-invalid') return new Failure(message, { port: value })
  if (message === 'input-invalid') return new Failure(message, { what: option })
  return new Complaint(message, { ...params, option, value })
}

const passcodeOf = ({ passcode, passcodeFile }: Settings): string | null => {
  if (passcodeFile === undefined) return passcode ?? null
  const [line = ''] = readText(passcodeFile).split(/\r?\n/, 1)
  if (line.trim() === '') throw new Complaint('passcodeEmpty', { file: passcodeFile })
  return line
}

/** @returns only the settings that have a default or were given. @throws as {@link resolveSettings}. */
const parse = (sources: readonly SettingSource[]): Settings => {
  const given = merge(sources)
  const parsed = settingsSchema.safeParse(given)
  if (parsed.success) return parsed.data
  throw refusal(parsed.error.issues[0], given, sources)
}

/**
 * @param sources the weakest first.
 * @throws {Complaint}, or {Failure} `port-invalid`, `input-invalid`, `file-unreadable`, `passcode-short`.
 */
export const resolveSettings = (sources: readonly SettingSource[]): HostSettings => {
  const settings = parse(sources)
  if (settings.tlsKey !== undefined && settings.tlsCert === undefined) throw new Complaint('keyAlone')
  const passcode = passcodeOf(settings)
  if (passcode === null && !isLoopback(settings.bind)) throw new Complaint('passcodeMissing')
  checkPasscode(settings.bind, passcode)
  const { passcodeFile: _passcodeFile, ...others } = settings
  return { ...others, passcode }
}

/** @returns the data folder alone, for commands that run no host. @throws as {@link resolveSettings}. */
export const resolveDataFolder = (sources: readonly SettingSource[]): string => parse(sources).data
