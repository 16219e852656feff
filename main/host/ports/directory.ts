/**
 * The directory of a host: its rooms, what people are in them, and who has claimed which name. The host reads it once and keeps it in
 * memory; every change is stored here before it counts.
 */
import type { RoomKind, Standing } from '../../../shared/protocol/people.ts'

export interface StoredRoom {
  roomId: string
  name: string
  topic: string
  kind: RoomKind
  /** Says between whom a direct room is; null for any other room. No two rooms have the same. */
  directKey: string | null
  archived: boolean
  /** The person who made it; null for guests. */
  madeBy: string | null
  /** The address that it was made from, as {@link import('../../broker/quotas/address-group.ts').addressGroup} has it; null where it is not known. */
  madeFrom: string | null
  /** Milliseconds since the epoch. */
  madeAt: number
}

/** A request that a room is the answer to. */
export interface RoomRequest {
  personId: string
  requestId: string
}

/** A person whom the host knows again by a device key. */
export interface KnownPerson {
  personId: string
  name: string
  /** By which names are compared. */
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
 * Each method resolves when the change is on disk; it holds wholly or not at all. Changes are carried out in the order of the calls.
 * @throws {import('../../../shared/contract/errors.ts').Failure} such as `disk-full`; nothing is changed then.
 */
export interface Directory {
  read(): Promise<DirectoryContent>

  /** Adds a room with its first people. @param request what it answers, if it may come again. */
  addRoom(
    room: Omit<StoredRoom, 'archived'>,
    founders?: ReadonlyMap<string, Standing>,
    request?: RoomRequest,
  ): Promise<void>
  /** Changes name, topic, and whether the room is archived. @param at milliseconds since the epoch. */
  changeRoom(room: Pick<StoredRoom, 'roomId' | 'name' | 'topic' | 'archived'>, at: number): Promise<void>
  /** Removes the room and its people; the log of its messages is purged later. @param at milliseconds since the epoch. */
  removeRoom(roomId: string, at: number): Promise<void>
  /** Says what a person is in a room; null for nothing particular. */
  setStanding(roomId: string, personId: string, standing: Standing | null): Promise<void>
  /** @returns the id of the room that the request has made; undefined where there is none, or it is a week ago. */
  answerTo(request: RoomRequest): Promise<string | undefined>

  /** Adds a person. No other one has this name or this device key. @param at milliseconds since the epoch. */
  addPerson(person: KnownPerson, deviceHash: DeviceHash, at: number): Promise<void>
  /** Gives a person another name; the old one is free then. */
  renamePerson(person: KnownPerson): Promise<void>
  /** Gives a person another device key; the old one is nobody's then. */
  giveKey(personId: string, deviceHash: DeviceHash): Promise<void>
  /** Frees a person's name for whoever claims it next, that person included. Their messages and standings stay theirs. */
  freeName(personId: string): Promise<void>
}
