/** The log of the rooms in memory: what the host's parts need of a store, and nothing of a disk. */
import type { Keep } from '../../../../main/host/ports/options.ts'
import {
  type Entry,
  type FoundMessage,
  type LoggedMessage,
  isRelation,
  type NewMessage,
  type NewRelation,
  type Outcome,
  type RoomLog,
  type Tail,
} from '../../../../main/host/ports/room-log.ts'
import { decideRelation, relationRules, type RelationRules } from '../../../../main/host/wire/relations.ts'

const day = 86_400_000

type Kept = Omit<FoundMessage, 'relations'> & LoggedMessage & { sentAt: number } & { relation?: KeptRelation }

/** The kind, and the offset of the earlier message. */
type KeptRelation = Pick<NewRelation, 'kind'> & { target: number }

interface Room {
  messages: Kept[]
  next: number
  reachedAt: number
  /** The senders and ids of all messages that are kept. */
  readonly known: Set<string>
}

const keyOf = ({ senderId, messageId }: { senderId: string; messageId: string }): string =>
  JSON.stringify([senderId, messageId])

export class MemoryRoomLog implements RoomLog {
  readonly #now: () => number
  readonly #rules: RelationRules
  readonly #rooms = new Map<string, Room>()
  #last: Promise<unknown> = Promise.resolve()

  /** @param now the clock, in milliseconds since the epoch. */
  constructor(now: () => number, rules: RelationRules = relationRules) {
    this.#now = now
    this.#rules = rules
  }

  /** From here on the room is there. */
  add(roomId: string): void {
    this.#rooms.set(roomId, { messages: [], next: 0, reachedAt: 0, known: new Set() })
  }

  /** The room is gone, with its messages. */
  remove(roomId: string): void {
    this.#rooms.delete(roomId)
  }

  append(group: readonly Entry[]): Promise<readonly Outcome[]> {
    return this.#inTurn(() => group.map(entry => this.#store(entry)))
  }

  bounds(roomId: string): Promise<{ first: number; next: number }> {
    const { messages = [], next = 0 } = this.#rooms.get(roomId) ?? {}
    return Promise.resolve({ first: messages[0]?.offset ?? next, next })
  }

  read(roomId: string, offset: number, limit: number): Promise<LoggedMessage[]> {
    if (!Number.isInteger(offset) || offset < 0) return Promise.reject(new RangeError(`offset ${offset}`))
    const messages = this.#rooms.get(roomId)?.messages ?? []
    return Promise.resolve(messages.filter(message => message.offset >= offset).slice(0, limit))
  }

  offsetAt(roomId: string, time: number): Promise<number> {
    const { messages = [], next = 0 } = this.#rooms.get(roomId) ?? {}
    return Promise.resolve(messages.find(({ reachedAt }) => reachedAt >= time)?.offset ?? next)
  }

  tails(): Promise<ReadonlyMap<string, Tail>> {
    return Promise.resolve(
      new Map(
        Array.from(this.#rooms, ([roomId, { next, messages }]) => [
          roomId,
          { next, lastSentAt: messages.at(-1)?.sentAt ?? null },
        ]),
      ),
    )
  }

  trim(roomId: string, keep: Keep): Promise<boolean> {
    return this.#inTurn(() => {
      const room = this.#rooms.get(roomId)
      if (!room) return false
      const { messages } = room
      const now = this.#now()
      let bytes = messages.reduce((sum, { body }) => sum + body.length, 0)
      let count = 0
      for (const [index, { sentAt, body }] of messages.entries()) {
        const goes =
          (keep.messages > 0 && messages.length - index > keep.messages) ||
          (keep.days > 0 && sentAt < now - keep.days * day) ||
          (keep.bytes > 0 && bytes > keep.bytes)
        if (!goes && sentAt <= now) break
        if (goes) count = index + 1
        bytes -= body.length
      }
      for (const message of messages.splice(0, count)) room.known.delete(keyOf(message))
      return false
    })
  }

  purge(): Promise<boolean> {
    return Promise.resolve(false)
  }

  #inTurn<Result>(work: () => Result): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  #store(entry: Entry): Outcome {
    const room = this.#rooms.get(entry.roomId)
    if (!room) return { kind: 'room-missing' }
    return isRelation(entry) ? this.#relate(room, entry) : this.#push(room, entry)
  }

  #push(room: Room, { senderId, messageId, sentAt, body }: NewMessage): Outcome {
    const key = keyOf({ senderId, messageId })
    if (room.known.has(key)) return { kind: 'known' }
    const offset = room.next
    room.reachedAt = Math.max(room.reachedAt, sentAt)
    const { reachedAt } = room
    room.messages.push({ offset, sentAt, reachedAt, senderId, messageId, body, erased: false })
    room.known.add(key)
    room.next += 1
    return { kind: 'stored', offset, sentAt, body }
  }

  #find(
    room: Room,
    { target, kind, senderId }: NewRelation,
  ): { message: Kept; found: FoundMessage } | undefined {
    const message = room.messages.find(each =>
      'offset' in target ? each.offset === target.offset : each.messageId === target.messageId,
    )
    if (!message) return undefined
    const same = room.messages.filter(
      ({ relation, erased }) => !erased && relation?.kind === kind && relation.target === message.offset,
    )
    const own = same.filter(each => each.senderId === senderId).length
    return { message, found: { ...message, relations: { all: same.length, own } } }
  }

  #relate(room: Room, relation: NewRelation): Outcome {
    if (room.known.has(keyOf(relation))) return { kind: 'known' }
    const target = this.#find(room, relation)
    let effect
    try {
      effect = decideRelation(this.#rules, relation, target?.found)
    } catch (reason) {
      return { kind: 'refused', reason }
    }
    if (!target || !effect) return { kind: 'known' }
    const outcome = this.#push(room, { ...relation, body: Buffer.from(effect.body(relation.sentAt)) })
    Object.assign(room.messages.at(-1) ?? {}, {
      relation: { kind: relation.kind, target: target.message.offset },
    })
    if (effect.target)
      Object.assign(target.message, { ...effect.target, body: Buffer.from(effect.target.body) })
    return outcome
  }
}
