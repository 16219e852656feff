/** Dialects as they are spoken after a CONNECTED frame, for tests. */
import type { ServerProfile } from '../../../../shared/contract/model.ts'
import type { ConnectedHeaders, Dialect } from '../../../../shared/core/dialect/dialect.ts'
import { createDialects } from '../../../../shared/core/dialect/dialects.ts'

export const templates = {
  subscribeTemplate: '/sub/chat/{roomId}.room',
  publishTemplate: '/pub/{roomId}/{roomId}',
}

/** @returns what a server that says this speaks; the person's id there is `me` unless it says another. */
export const spokenAt = (connected: ConnectedHeaders, profile: Partial<ServerProfile> = {}): Dialect =>
  createDialects().dialectOf({ 'person-id': 'me', ...connected }, { kind: null, ...templates, ...profile })

/** @returns what a Stompbox host speaks. */
export const hostDialect = (connected: ConnectedHeaders = {}): Dialect =>
  spokenAt({ server: 'stompbox/0.1.0', ...connected })
