/** Which dialect a server speaks. */
import type { Dialect, ConnectedHeaders, KnownDialect, SpokenProfile } from './dialect.ts'
import { generic } from './generic.ts'
import { stompbox } from './stompbox.ts'

export interface Dialects {
  /** @returns the dialect of the server that has said this; the generic one where no other claims it. */
  dialectOf(connected: ConnectedHeaders, profile: SpokenProfile): Dialect
  /** @returns what the server spoke last; null before its first connection. */
  lastOf(profile: SpokenProfile): Dialect | null
  /** @returns what the server could do last; null before its first connection. */
  lastFeaturesOf(profile: SpokenProfile): Dialect['features'] | null
  /** @returns how CONNECT is written to the server: as it spoke last, and to a new one so that it may turn out to be a Stompbox host. */
  greetingOf(profile: SpokenProfile): Dialect
}

/** @param known asked in this order, and the generic dialect after them. */
export const createDialects = (known: readonly KnownDialect[] = [stompbox]): Dialects => {
  const all = [...known, generic]
  const lastOf = (profile: SpokenProfile): Dialect | null =>
    all.find(({ kind }) => kind === profile.kind)?.speak(profile, null) ?? null
  return {
    dialectOf: (connected, profile) =>
      (all.find(dialect => dialect.isSpokenBy(connected)) ?? generic).speak(profile, connected),
    lastOf,
    lastFeaturesOf: profile => lastOf(profile)?.features ?? null,
    greetingOf: profile => lastOf(profile) ?? stompbox.speak(profile, null),
  }
}
