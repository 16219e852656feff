/** What the messenger on this computer takes from chance and the clock. */
import { nanoid } from 'nanoid'
import type { Ids } from '../../shared/core/ports.ts'
import { makeMessageId } from '../../shared/protocol/message-id.ts'

export const ids: Ids = { next: () => makeMessageId(), secret: () => nanoid(32), random: () => Math.random() }
