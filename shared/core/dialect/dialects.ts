/** Chooses the dialect of a server. */
import type { Dialect, ConnectedHeaders, KnownDialect, SpokenProfile } from './dialect.ts'
import { generic } from './generic.ts'
import { mayBeStompbox, stompbox } from './stompbox.ts'

export interface Dialects {
  /**
   * @param person their name.
   * @returns the dialect of the server with this CONNECTED frame; the generic one if no other matches.
   */
  dialectOf(connected: ConnectedHeaders, profile: SpokenProfile, person: string): Dialect
  /** @returns the server's last dialect; null before its first connection. */
  lastOf(profile: SpokenProfile): Dialect | null
  /** @returns the server's last known features; null before its first connection. */
  lastFeaturesOf(profile: SpokenProfile): Dialect['features'] | null
  /**
   * @returns the dialect for the CONNECT frame: the server's last one, or for a new server one that also suits a
   *   Stompbox host if it may be one.
   */
  greetingOf(profile: SpokenProfile, person: string): Dialect
}

/** @param known checked in this order, before the generic dialect. */
export const createDialects = (known: readonly KnownDialect[] = [stompbox]): Dialects => {
  const all = [...known, generic]
  const lastOf = (profile: SpokenProfile, person = ''): Dialect | null =>
    all.find(({ kind }) => kind === profile.kind)?.speak(profile, null, person) ?? null
  return {
    dialectOf: (connected, profile, person) =>
      (all.find(dialect => dialect.isSpokenBy(connected, profile)) ?? generic).speak(
        profile,
        connected,
        person,
      ),
    lastOf: profile => lastOf(profile),
    lastFeaturesOf: profile => lastOf(profile)?.features ?? null,
    greetingOf: (profile, person) =>
      lastOf(profile, person) ?? (mayBeStompbox(profile) ? stompbox : generic).speak(profile, null, person),
  }
}
