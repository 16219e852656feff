/** The person's settings, in `settings.json`. */
import { join } from 'node:path'
import { z } from 'zod'
import { settingsSchema } from '../../shared/contract/desktop-commands.ts'
import type { Settings } from '../../shared/contract/model.ts'
import type { Log } from '../../shared/core/ports.ts'
import { defaultLimits } from '../broker/options/limits.ts'
import { interfaceOf } from '../host/network/addresses.ts'
import { openJsonDocument, type JsonDocument } from './json-document.ts'

export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  density: 'cozy',
  sendKey: 'enter',
  notifications: true,
  closeToTray: true,
  keep: 'everything',
  host: {
    name: 'Stompbox',
    port: 7070,
    reach: 'loopback',
    advertise: false,
    network: null,
    names: [],
    perAddress: defaultLimits.connectionsPerAddress,
  },
}

const fields = settingsSchema.shape
const hostFields = fields.host.shape

/** A missing or invalid field gets its default; the others stay. */
const fileSchema = z.object({
  language: fields.language.catch(defaultSettings.language),
  theme: fields.theme.catch(defaultSettings.theme),
  density: fields.density.catch(defaultSettings.density),
  sendKey: fields.sendKey.catch(defaultSettings.sendKey),
  notifications: fields.notifications.catch(defaultSettings.notifications),
  closeToTray: fields.closeToTray.catch(defaultSettings.closeToTray),
  keep: fields.keep.catch(defaultSettings.keep),
  host: z
    .object({
      name: hostFields.name.catch(defaultSettings.host.name),
      port: hostFields.port.catch(defaultSettings.host.port),
      reach: hostFields.reach.catch(defaultSettings.host.reach),
      advertise: hostFields.advertise.catch(defaultSettings.host.advertise),
      network: hostFields.network.catch(defaultSettings.host.network),
      names: hostFields.names.catch(defaultSettings.host.names),
      perAddress: hostFields.perAddress.catch(defaultSettings.host.perAddress),
      // Earlier versions kept the address, which a router may assign to another computer.
      address: z.string().nullish().catch(null),
    })
    .transform(({ address, ...host }) =>
      host.network === null && address ? { ...host, network: interfaceOf(address) } : host,
    )
    .catch(defaultSettings.host),
})

/** Opens the settings of the installation in `folder`. */
export const openSettings = (folder: string, log: Log): Promise<JsonDocument<Settings>> =>
  openJsonDocument<Settings>(join(folder, 'settings.json'), fileSchema, log)
