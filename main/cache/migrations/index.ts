import type { Migration } from '../../sqlite/migrate.ts'
import { firstSchema } from './0001-first-schema.ts'
import { fingerprint } from './0002-fingerprint.ts'
import { readOffset } from './0003-read-offset.ts'
import { roomKind } from './0004-room-kind.ts'
import { roomArchived } from './0005-room-archived.ts'
import { resumePoint } from './0006-resume-point.ts'
import { roomAbsence } from './0007-room-absence.ts'
import { reindexing } from './0008-reindexing.ts'
import { timeZone } from './0009-time-zone.ts'
import { relations } from './0010-relations.ts'
import { invitedBy } from './0011-invited-by.ts'
import { profile } from './0012-profile.ts'
import { followedUntil } from './0013-followed-until.ts'

/** In order; the version of a file is how many of them it has seen. Those that have been released are never changed. */
export const migrations: readonly Migration[] = [
  firstSchema,
  fingerprint,
  readOffset,
  roomKind,
  roomArchived,
  resumePoint,
  roomAbsence,
  reindexing,
  timeZone,
  relations,
  invitedBy,
  profile,
  followedUntil,
]
