/** The people of a host, and their roles in its rooms. */
import { z } from 'zod'
import { limits } from './limits.ts'

/** The id of a person on their host: the `senderId` of their messages. */
export const personIdSchema = z.string().min(1).max(limits.personId)

/** `public` rooms are for everybody on the server, `private` ones for invited people, `direct` ones for two people. */
export const roomKinds = ['public', 'private', 'direct'] as const
export type RoomKind = (typeof roomKinds)[number]

/** Roles in a room, by rank: an owner may do everything, a member read and write. */
export const roles = ['owner', 'moderator', 'member'] as const
export type Role = (typeof roles)[number]

/** A person's standing in a room: a role, or banned. */
export const standings = [...roles, 'banned'] as const
export type Standing = (typeof standings)[number]

/** Why a room is gone for one person alone. */
export const removalReasons = ['left', 'removed', 'banned'] as const
