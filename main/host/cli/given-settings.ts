/** Where settings come from: a configuration file, the environment, flags. */
import { z } from 'zod'
import { Complaint } from './complaint.ts'
import { readText } from '../admission/read-text.ts'
import { kebab, settingNames, type GivenSettings, type SettingName } from './settings.ts'

/** One source of settings. */
export interface SettingSource {
  given: GivenSettings
  /** @returns the setting's name in this source. */
  called(setting: SettingName): string
}

const variablePrefix = 'STOMPBOX_'

/** @returns the setting's variable, such as `STOMPBOX_TCP_PORT`. */
export const variableOf = (setting: string): string =>
  variablePrefix + kebab(setting).replaceAll('-', '_').toUpperCase()

/** The variable that names the configuration file. */
const configVariable = variableOf('config')

const take = (
  entries: [string, string][],
  called: (setting: SettingName) => string,
  unknown: (key: string) => Complaint,
): SettingSource => {
  const byName = new Map(settingNames.map(setting => [called(setting), setting]))
  const given: GivenSettings = {}
  for (const [key, value] of entries) {
    const setting = byName.get(key)
    if (!setting) throw unknown(key)
    given[setting] = value
  }
  return { given, called }
}

/**
 * An empty variable counts as unset.
 * @throws {Complaint} `unknownVariable` for an unknown variable with our prefix: a misspelt passcode must not be
 *   ignored.
 */
export const readEnvironment = (
  environment: NodeJS.ProcessEnv,
): { source: SettingSource; config: string | null } => {
  const ours = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[0].startsWith(variablePrefix) && Boolean(entry[1]),
  )
  const [, config = null] = ours.find(([variable]) => variable === configVariable) ?? []
  const source = take(
    ours.filter(([variable]) => variable !== configVariable),
    variableOf,
    key => new Complaint('unknownVariable', { key }),
  )
  return { source, config }
}

const fileSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads a JSON object whose keys are the names of the flags without the dashes.
 * @throws {Failure} `file-unreadable`. @throws {Complaint} `configInvalid`, `configValue`, `unknownKey`.
 */
export const readConfigFile = (file: string): SettingSource => {
  const parsed = fileSchema.safeParse(parseJson(readText(file)))
  if (!parsed.success) {
    const [key] = parsed.error.issues[0]?.path ?? []
    throw key === undefined
      ? new Complaint('configInvalid', { file })
      : new Complaint('configValue', { file, key: String(key) })
  }
  const entries = Object.entries(parsed.data).map(([key, value]): [string, string] => [key, String(value)])
  return take(entries, kebab, key => new Complaint('unknownKey', { file, key }))
}
