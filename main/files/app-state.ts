/** State that the app keeps across starts by itself, in `state.json`. */
import { join } from 'node:path'
import { z } from 'zod'
import { cacheRecoverySchema } from '../../shared/contract/desktop-commands.ts'
import type { Log } from '../../shared/core/ports.ts'
import { openJsonDocument, type JsonDocument } from './json-document.ts'
import { windowPlaceSchema } from './window-place.ts'

const appStateSchema = z.object({
  window: windowPlaceSchema.nullable().catch(null),
  /** Whether the host was on; then it starts with the app. */
  hostOn: z.boolean().catch(false),
  /** Whether the person has been told that the app keeps running in the tray. */
  trayExplained: z.boolean().catch(false),
  /** The recovery of the cache that the person has not read about yet. */
  recovery: cacheRecoverySchema.nullable().catch(null),
})
export type AppState = z.infer<typeof appStateSchema>

/** Opens the state in `folder`. */
export const openAppState = (folder: string, log: Log): Promise<JsonDocument<AppState>> =>
  openJsonDocument(join(folder, 'state.json'), appStateSchema, log)
