/**
 * The directory of a host: its rooms, the standings of people in them, and the claimed names. The host reads it once
 * and keeps it in memory; every change is stored here before it takes effect.
 */
import type { RoomKind, Standing } from '../../../shared/protocol/people.ts'

export interface StoredRoom {
  roomId: string
  name: string
  topic: string
  kind: RoomKind
  /** Identifies the two people of a direct room; null for any other room. Unique. */
  directKey: string | null
  archived: boolean
  /** The person who made it; null for a guest. */
  madeBy: string | null
  /**
   * The address it was made from, as {@link import('../../broker/quotas/address-group.ts').addressGroup} returns it;
   * null if unknown.
   */
  madeFrom: string | null
  /** Milliseconds since the epoch. */
  madeAt: number
}

/** A request to make a room. */
export interface RoomRequest {
  personId: string
  requestId: string
}

/** A person whom the host recognises by a device key. */
export interface KnownPerson {
  personId: string
  name: string
  /** The form in which names are compared. */
  nameKey: string
}

/** The SHA-256 of a person's device key; the key itself is never stored. */
export type DeviceHash = Uint8Array

/** Everything in the directory. */
export interface DirectoryContent {
  /** Oldest first. */
  rooms: readonly StoredRoom[]
  standings: readonly { roomId: string; personId: string; standing: Standing }[]
  /** `nameKey` is null for a person whose name was freed. */
  people: readonly (Omit<KnownPerson, 'nameKey'> & { nameKey: string | null; deviceHash: DeviceHash })[]
}

/**
 * Each method resolves when the change is on disk; a change is atomic. Changes are carried out in the order of the
 * calls.
 * @throws {import('../../../shared/contract/errors.ts').Failure} such as `disk-full`; nothing has changed then.
 */
export interface Directory {
  read(): Promise<DirectoryContent>

  /** Adds a room with its first people. @param request the request that made it, if the client may repeat it. */
  addRoom(
    room: Omit<StoredRoom, 'archived'>,
    founders?: ReadonlyMap<string, Standing>,
    request?: RoomRequest,
  ): Promise<void>
  /** Changes name, topic, and whether the room is archived. @param at milliseconds since the epoch. */
  changeRoom(room: Pick<StoredRoom, 'roomId' | 'name' | 'topic' | 'archived'>, at: number): Promise<void>
  /** Removes the room and its people; the log of its messages is purged later. @param at milliseconds since the epoch. */
  removeRoom(roomId: string, at: number): Promise<void>
  /** Sets a person's standing in a room; null for none. */
  setStanding(roomId: string, personId: string, standing: Standing | null): Promise<void>
  /**
   * @returns the id of the room made by this request; undefined if there is none, or the request is more than a week
   *   old.
   */
  answerTo(request: RoomRequest): Promise<string | undefined>

  /** Adds a person. The name and the device key must be unused. @param at milliseconds since the epoch. */
  addPerson(person: KnownPerson, deviceHash: DeviceHash, at: number): Promise<void>
  /** Gives a person another name and frees the old one. */
  renamePerson(person: KnownPerson): Promise<void>
  /** Replaces a person's device key; the old one is no longer recognised. */
  giveKey(personId: string, deviceHash: DeviceHash): Promise<void>
  /** Frees a person's name for anyone to claim, including that person. Their messages and standings stay theirs. */
  freeName(personId: string): Promise<void>
}
