/** Dialects as they are spoken after a CONNECTED frame, for tests. */
import { profileOf, type Profile } from '../../../../shared/contract/profile.ts'
import type { ConnectedHeaders, Dialect } from '../../../../shared/core/dialect/dialect.ts'
import { createDialects } from '../../../../shared/core/dialect/dialects.ts'

export const spokenProfile = profileOf({
  rooms: { subscribe: ['/sub/chat/{roomId}.room'], send: '/pub/{roomId}/{roomId}' },
})

/** @returns what a server that says this speaks; the person's id there is `me` unless it says another. */
export const spokenAt = (connected: ConnectedHeaders, profile: Profile = spokenProfile): Dialect =>
  createDialects().dialectOf({ 'person-id': 'me', ...connected }, { kind: null, profile }, '지우')

/** @returns what a Stompbox host speaks. */
export const hostDialect = (connected: ConnectedHeaders = {}): Dialect =>
  spokenAt({ server: 'stompbox/0.1.0', ...connected }, profileOf())
