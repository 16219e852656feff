/** Ids, random numbers and the clock for the messenger on this computer. */
import { nanoid } from 'nanoid'
import type { Ids } from '../../shared/core/ports.ts'
import { makeMessageId } from '../../shared/protocol/message-id.ts'

export const ids: Ids = { next: () => makeMessageId(), secret: () => nanoid(32), random: () => Math.random() }
