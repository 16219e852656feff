/** The settings of a host without a window: one list for the flags, the environment and the configuration file. */
import { hostname } from 'node:os'
import { z } from 'zod'
import { portSchema } from '../../../shared/contract/desktop-commands.ts'
import { defaultLimits, type Limits } from '../../broker/options/limits.ts'
import { defaultDataFolder } from './data-folder.ts'
import { displayNameSchema } from '../../../shared/protocol/display-name.ts'
import { defaultKeepFree } from '../history/free-space.ts'
import { defaultKeep } from '../history/retention.ts'
import { defaultMaxNames } from '../admission/identity.ts'
import { defaultSendBytes } from '../limits/send-rate.ts'
import { logLevels } from '../observe/terminal-log.ts'

/** A zod issue of an invalid value: a sentence of `cli` or `errors`, with its params. */
export const issueSchema = z.object({
  message: z.enum([
    'missingValue',
    'notANumber',
    'unknownValue',
    'dataMissing',
    'port-invalid',
    'input-invalid',
  ]),
  path: z.array(z.string()),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
})
type Issue = z.input<typeof issueSchema>

const issue = (message: Issue['message'], params: Issue['params'] = {}) => ({ message, params })

/** An empty value usually comes from an unset shell variable. */
const text = z.string().refine(given => given.trim() !== '', { ...issue('missingValue'), abort: true })

/** A count, or an amount in the setting's unit. */
const whole = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  text
    .refine(
      given => /^\d{1,16}$/.test(given) && Number(given) >= min && Number(given) <= max,
      issue('notANumber', { min, max }),
    )
    .transform(Number)

/** A limit of the broker; 0 for none. */
const limit = (name: keyof Limits) => whole(0).default(defaultLimits[name])

const port = text
  .refine(given => /^\d+$/.test(given) && portSchema.safeParse(Number(given)).success, issue('port-invalid'))
  .transform(Number)

const choice = <Choice extends string>(choices: readonly Choice[]) =>
  text.refine(
    (given): given is Choice => choices.some(each => each === given),
    issue('unknownValue', { choices: choices.join(', ') }),
  )

const isOn = choice(['true', 'false']).transform(given => given === 'true')
const name = text
  .refine(given => displayNameSchema.safeParse(given).success, issue('input-invalid'))
  .transform(given => displayNameSchema.parse(given))

const dataFolder = text.optional().transform((given, context) => {
  const folder = given ?? defaultDataFolder()
  if (folder !== null) return folder
  context.addIssue({ code: 'custom', ...issue('dataMissing') })
  return z.NEVER
})

/**
 * Names as used in the code; `tcpPort` is the flag `--tcp-port`, the variable `STOMPBOX_TCP_PORT` and the file's
 * `tcp-port`.
 */
export const settingsSchema = z.strictObject({
  bind: text.default('127.0.0.1'),
  port: port.default(7070),
  tcpPort: port.optional(),
  allowHost: text.transform(given => given.split(',').map(each => each.trim())).optional(),
  data: dataFolder,
  passcode: text.optional(),
  passcodeFile: text.optional(),
  name: name.default(hostname),
  tls: isOn.default(false),
  tlsCert: text.optional(),
  tlsKey: text.optional(),
  advertise: isOn.default(false),
  maxConnections: limit('connections'),
  maxConnectionsPerAddress: whole(0).optional(),
  maxSubscriptions: limit('subscriptions'),
  maxFrame: limit('frameBytes'),
  maxConnectFrame: limit('frameBytesBeforeConnect'),
  maxHeaders: limit('headers'),
  maxHeader: limit('headerBytes'),
  maxHeaderName: limit('headerNameLength'),
  maxBacklog: limit('backlogBytes'),
  maxBacklogTime: limit('backlogAge'),
  maxNames: whole(0).default(defaultMaxNames),
  sendRate: limit('sendRate'),
  sendBytes: whole(0).default(defaultSendBytes),
  connectTimeout: limit('connectTimeout'),
  keepDays: whole(0, 100_000).default(0),
  keepMessages: whole(0).default(0),
  keepBytes: whole(0).default(defaultKeep.bytes),
  keepFree: whole(0).default(defaultKeepFree),
  metrics: port.optional(),
  metricsBind: text.default('127.0.0.1'),
  logLevel: choice(logLevels).default('info'),
})

export type Settings = z.infer<typeof settingsSchema>
export type SettingName = keyof Settings

/** The placeholder of the value in the help; null for a switch, which has no value. */
export const placeholders: Readonly<Record<SettingName, string | null>> = {
  bind: 'address',
  port: 'number',
  tcpPort: 'number',
  allowHost: 'names',
  data: 'folder',
  passcode: 'text',
  passcodeFile: 'file',
  name: 'text',
  tls: null,
  tlsCert: 'file',
  tlsKey: 'file',
  advertise: null,
  maxConnections: 'number',
  maxConnectionsPerAddress: 'number',
  maxSubscriptions: 'number',
  maxFrame: 'bytes',
  maxConnectFrame: 'bytes',
  maxHeaders: 'number',
  maxHeader: 'bytes',
  maxHeaderName: 'bytes',
  maxBacklog: 'bytes',
  maxBacklogTime: 'ms',
  maxNames: 'number',
  sendRate: 'number',
  sendBytes: 'bytes',
  connectTimeout: 'ms',
  keepDays: 'days',
  keepMessages: 'number',
  keepBytes: 'bytes',
  keepFree: 'bytes',
  metrics: 'port',
  metricsBind: 'address',
  logLevel: 'level',
}

export const isSettingName = (text: string): text is SettingName => Object.hasOwn(placeholders, text)
export const settingNames: readonly SettingName[] = Object.keys(placeholders).filter(isSettingName)

/** Settings as given, not yet checked. */
export type GivenSettings = Partial<Record<SettingName, string>>

/** @returns `tcpPort` as `tcp-port`. */
export const kebab = (setting: string): string =>
  setting.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
