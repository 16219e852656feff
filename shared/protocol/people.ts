/** People of a host, and what they are in its rooms. */
import { z } from 'zod'
import { limits } from './limits.ts'

/** Names a person on their host: the `senderId` of what they say. */
export const personIdSchema = z.string().min(1).max(limits.personId)

/** For whom a room is: everybody on the server, those who were let in, or two people. */
export const roomKinds = ['public', 'private', 'direct'] as const
export type RoomKind = (typeof roomKinds)[number]

/** What somebody may do in a room: the first everything, the last read and write. */
export const roles = ['owner', 'moderator', 'member'] as const
export type Role = (typeof roles)[number]

/** What somebody is in a room: a role, or kept out of it. */
export const standings = [...roles, 'banned'] as const
export type Standing = (typeof standings)[number]

/** Why a room is gone for one person alone. */
export const removalReasons = ['left', 'removed', 'banned'] as const
