/** The form in which a group crosses between two threads: columns cost a tenth of as many objects. */
import { Failure, toAppError, type AppError } from '../../../shared/contract/errors.ts'
import { RefusedError, type Refusal } from '../../broker/options/hooks.ts'
import { isRelation, type Entry, type NewMessage, type NewRelation, type Outcome } from '../ports/room-log.ts'

export interface PackedGroup {
  /** Columns with one value for each message. */
  roomIds: string[]
  senderIds: string[]
  messageIds: string[]
  sentAt: Float64Array
  /** All bodies, concatenated, and the end of each. */
  bodies: Uint8Array
  ends: Uint32Array
  /** Relations by their index in the group; the messages are in between. */
  relations: ReadonlyMap<number, NewRelation>
}

export const packGroup = (group: readonly Entry[]): PackedGroup => {
  const messages: NewMessage[] = []
  const relations = new Map<number, NewRelation>()
  for (const [index, entry] of group.entries())
    if (isRelation(entry)) relations.set(index, entry)
    else messages.push(entry)
  let end = 0
  return {
    roomIds: messages.map(({ roomId }) => roomId),
    senderIds: messages.map(({ senderId }) => senderId),
    messageIds: messages.map(({ messageId }) => messageId),
    sentAt: Float64Array.from(messages, ({ sentAt }) => sentAt),
    bodies: Buffer.concat(messages.map(({ body }) => body)),
    ends: Uint32Array.from(messages, ({ body }) => (end += body.length)),
    relations,
  }
}

export const unpackGroup = (packed: PackedGroup): Entry[] => {
  const { roomIds, senderIds, messageIds, sentAt, bodies, ends, relations } = packed
  let [at, from] = [0, 0]
  const nextMessage = (): NewMessage => {
    const to = ends[at] ?? from
    const message = {
      roomId: roomIds[at] ?? '',
      senderId: senderIds[at] ?? '',
      messageId: messageIds[at] ?? '',
      sentAt: sentAt[at] ?? 0,
      body: bodies.subarray(from, to),
    }
    at += 1
    from = to
    return message
  }
  const length = roomIds.length + relations.size
  return Array.from({ length }, (_, index) => relations.get(index) ?? nextMessage())
}

/** An outcome in a form that keeps its error, because errors lose their class between threads. */
type PackedOutcome =
  | Exclude<Outcome, { kind: 'refused' }>
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'failed'; error: AppError }

export interface PackedOutcomes {
  /** The offset of each stored message; -1 if {@link others} has the outcome. */
  offsets: Float64Array
  /** The outcomes of relations and of messages that were not stored, by index. */
  others: ReadonlyMap<number, PackedOutcome>
}

const packOutcome = (outcome: Outcome): PackedOutcome => {
  if (outcome.kind !== 'refused') return outcome
  const { reason } = outcome
  return reason instanceof RefusedError
    ? { kind: 'refused', refusal: reason.refusal }
    : { kind: 'failed', error: toAppError(reason) }
}

const unpackOutcome = (outcome: PackedOutcome): Outcome => {
  if (outcome.kind === 'refused') return { kind: 'refused', reason: new RefusedError(outcome.refusal) }
  if (outcome.kind !== 'failed') return outcome
  const { code, params, detail } = outcome.error
  return { kind: 'refused', reason: new Failure(code, params, detail) }
}

/** @param group the group of the outcomes. */
export const packOutcomes = (group: readonly Entry[], outcomes: readonly Outcome[]): PackedOutcomes => {
  const offsets = new Float64Array(group.length).fill(-1)
  const others = new Map<number, PackedOutcome>()
  for (const [index, entry] of group.entries()) {
    const outcome = outcomes[index]
    if (outcome?.kind === 'stored' && !isRelation(entry)) offsets[index] = outcome.offset
    else if (outcome) others.set(index, packOutcome(outcome))
  }
  return { offsets, others }
}

/** @param group the group of the outcomes: its messages have the bodies. */
export const unpackOutcomes = (group: readonly Entry[], { offsets, others }: PackedOutcomes): Outcome[] =>
  group.map((entry, index) => {
    const other = others.get(index)
    if (other) return unpackOutcome(other)
    if (isRelation(entry)) throw new Error('the outcome of a relation is missing')
    return { kind: 'stored', offset: offsets[index] ?? -1, sentAt: entry.sentAt, body: entry.body }
  })
