import { Failure } from '../contract/errors.ts'
import type {
  ChangedMessage,
  Delivery,
  Message,
  MessageChange,
  MessageId,
  MessagePosition,
} from '../contract/model.ts'
import type { Relation } from '../protocol/relations.ts'
import { applyRelations } from './relations.ts'
import type { RoomRows } from './room-rows.ts'
import type { ArrivedMessage, MessageRecord, RelatingMessage } from './stored.ts'
import { addToSummary, isAfter, type RoomSummary } from './summary.ts'

/** Writes the messages of one room within one transaction, and keeps the room's summary meanwhile. {@link save} ends it. */
export class RoomWriter {
  readonly #rows: RoomRows
  readonly #summary: RoomSummary
  readonly #changed: ChangedMessage[]
  /** The newest of the messages that arrived and were said before the person came. */
  #passed: Message | null = null
  /** The message with an offset that was inserted last. */
  #inserted: MessagePosition | null = null

  /** @param changed collects what changes, in order. */
  constructor(rows: RoomRows, changed: ChangedMessage[]) {
    this.#rows = rows
    this.#summary = rows.loadSummary()
    this.#changed = changed
  }

  /**
   * Stores a message or, if its id is known, learns from it.
   * @param delivery of a new message: `queued` for an own one that has to go out, null for one from the wire.
   */
  put(arrived: ArrivedMessage, delivery: Delivery | null): void {
    const { offset, id, relation } = arrived
    if (offset !== null) this.#summary.resume = { offset, id }
    const inserted = this.#insert(arrived, delivery)
    if (inserted && relation) this.#relate(inserted, relation)
    this.#notePast(inserted ?? this.#learn(arrived), offset)
  }

  /** Takes an own message back. @throws Failure `not-found` for one that is confirmed, and for all others. */
  discard(id: MessageId): void {
    const record = this.#rows.byId(id)
    const delivery = record?.message.delivery ?? null
    if (!record || delivery === null || delivery === 'confirmed') throw new Failure('not-found')
    const { message } = record
    this.#rows.remove(record)
    const summary = this.#summary
    if (summary.lastReadId === id) summary.lastReadId = this.#rows.idBefore(message)
    summary.newest = this.#rows.newestTime()
    summary.last = this.#rows.newestChat()
    this.#tell(message, 'removed')
  }

  /** Moves the read mark forward, never back. @throws Failure `not-found` for an unknown message. */
  markRead(upTo: MessageId): void {
    const record = this.#rows.byId(upTo)
    if (!record) throw new Failure('not-found')
    this.#markReadTo(record.message)
  }

  /** Saves the summary. */
  save(): void {
    if (this.#passed) this.#markReadTo(this.#passed)
    this.#rows.saveSummary(this.#summary)
  }

  #tell(message: Message, change: MessageChange): void {
    this.#changed.push({ message, change })
  }

  /** Times are whole milliseconds. @returns the new message; null if its id is known. */
  #insert(arrived: ArrivedMessage, delivery: Delivery | null): Message | null {
    const { extra, relation: _relation, ...fields } = arrived
    const sentAt = Math.trunc(arrived.sentAt)
    const sortAt = this.#sortAtOf(arrived)
    const message = { ...fields, sentAt, sortAt, delivery, failure: null, seq: 0 }
    const arriving = { message, extra, attempts: 0 }
    const record = applyRelations(arriving, this.#earlyRelations(message))?.record ?? arriving
    const seq = this.#rows.insert(record)
    if (seq === null) return null
    const inserted = { ...record.message, seq }
    addToSummary(this.#summary, inserted)
    if (inserted.offset !== null) this.#inserted = inserted
    this.#tell(inserted, 'new')
    return inserted
  }

  /**
   * @returns where a message is ordered. With an offset: at the server's time, but never before the message that the server had before it,
   *   because its clock may have been set back. Without one: at its arrival, but never before the messages that are there.
   */
  #sortAtOf({ offset, sentAt, receivedAt }: ArrivedMessage): number {
    return offset === null
      ? Math.max(receivedAt, this.#summary.newest)
      : Math.max(Math.trunc(sentAt), this.#timeBefore(offset))
  }

  /** @returns the `sortAt` of the newest message with a lower offset. History comes offset by offset, mostly without a look-up. */
  #timeBefore(offset: number): number {
    const before = this.#inserted
    return before?.offset === offset - 1 ? before.sortAt : this.#rows.timeBefore(offset)
  }

  /**
   * A known message arrives again. It may tell its sender's id and its offset, which gives the message its final position. An own message
   * is confirmed by it.
   * @returns the message as it is then.
   */
  #learn(arrived: ArrivedMessage): Message {
    const before = this.#rows.byId(arrived.id)
    if (!before) throw new Error('a message is neither new nor known')
    const known = before.message
    const isMoved = known.offset === null && arrived.offset !== null
    const message: Message = {
      ...known,
      senderId: known.senderId ?? arrived.senderId,
      ...(isMoved && {
        offset: arrived.offset,
        sentAt: Math.trunc(arrived.sentAt),
        sortAt: this.#sortAtOf(arrived),
      }),
      ...(known.delivery !== null && { delivery: 'confirmed', failure: null }),
    }
    if (!isMoved && message.senderId === known.senderId && message.delivery === known.delivery) return known
    const after = { ...before, message, extra: before.extra ?? arrived.extra }
    this.#rows.update(after, before)
    if (isMoved) this.#move(message)
    this.#tell(message, isMoved ? 'moved' : 'updated')
    if (isMoved) this.#apply(after, this.#earlyRelations(message))
    return message
  }

  /** The message has another position now. */
  #move(message: Message): void {
    const summary = this.#summary
    summary.newest = this.#rows.newestTime()
    summary.last = this.#rows.newestChat()
    if (message.own) return
    if (summary.readMark?.seq === message.seq) summary.readMark = message
    this.#countUnread()
  }

  #countUnread(): void {
    Object.assign(this.#summary, this.#rows.countAfter(this.#summary.readMark))
  }

  /** @returns the relations that arrived before their target; mostly none is looked for, because targets have lower offsets. */
  #earlyRelations({ id, offset }: Message): RelatingMessage[] {
    return offset === null || offset > this.#summary.lastTarget ? [] : this.#rows.relationsTo(id, offset)
  }

  /** Keeps the relation of a new message, and applies it if its target is there. */
  #relate(message: Message, relation: Relation): void {
    const { kind, target, targetOffset } = relation
    this.#rows.insertRelation(message.seq, relation)
    this.#summary.lastTarget = Math.max(this.#summary.lastTarget, targetOffset)
    const record = this.#rows.byId(target)
    if (record?.message.offset === targetOffset) this.#apply(record, [{ kind, message }])
  }

  #apply(target: MessageRecord, relations: readonly RelatingMessage[]): void {
    const effect = applyRelations(target, relations)
    if (!effect) return
    this.#rows.update(effect.record, target)
    this.#summary.last = this.#rows.newestChat()
    this.#countUnread()
    this.#tell(effect.record.message, effect.change)
  }

  /** Messages from before the person came are read. */
  #notePast(message: Message, offset: number | null): void {
    const { readOffset } = this.#summary
    if (readOffset === null || offset === null) return
    if (offset < readOffset && isAfter(message, this.#passed)) this.#passed = message
    if (offset + 1 >= readOffset) this.#summary.readOffset = null
  }

  #markReadTo(target: MessagePosition & Pick<Message, 'id'>): void {
    const summary = this.#summary
    const lastRead = summary.lastReadId === null ? null : this.#rows.byId(summary.lastReadId)
    if (isAfter(target, lastRead?.message ?? null)) summary.lastReadId = target.id
    const seen = this.#rows.othersUpTo(target)
    if (!seen || !isAfter(seen, summary.readMark)) return
    summary.readMark = seen
    this.#countUnread()
  }
}
