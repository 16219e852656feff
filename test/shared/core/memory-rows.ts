/** The rows of a cache in memory: plain lists, looked through from one end to the other. */
import {
  chatType,
  compareMessages,
  type Message,
  type MessagePosition,
  type Room,
} from '../../../shared/contract/model.ts'
import type { RoomRows } from '../../../shared/cache/room-rows.ts'
import type { MessageRecord } from '../../../shared/cache/stored.ts'
import { isAfter, type RoomSummary } from '../../../shared/cache/summary.ts'
import type { Relation } from '../../../shared/protocol/relations.ts'
import type { NewRoom } from '../../../shared/core/ports.ts'

/** What is kept of one room. */
export interface MemoryRoom {
  followedUntil: number | null
  room: Omit<NewRoom, 'readOffset' | 'invitedBy'> & Pick<Room, 'key' | 'draft' | 'invitedBy'>
  summary: RoomSummary
  /** In no order. */
  records: MessageRecord[]
  relations: (Relation & { seq: number })[]
}

export const emptySummary = (readOffset: number | null): RoomSummary => ({
  newest: 0,
  last: null,
  unread: 0,
  mentions: 0,
  readMark: null,
  lastReadId: null,
  resume: null,
  readOffset,
  lastTarget: -1,
})

/** @returns the messages of the room, in order. */
export const messagesOf = ({ records }: MemoryRoom): Message[] =>
  records.map(({ message }) => message).sort(compareMessages)

/** @param nextSeq gives the number of a new message. */
export const memoryRows = (kept: MemoryRoom, nextSeq: () => number): RoomRows => {
  const places = ({ sortAt, offset, seq }: MessagePosition): MessagePosition => ({ sortAt, offset, seq })
  const newestOf = (wanted: (message: Message) => boolean): Message | null =>
    messagesOf(kept).findLast(wanted) ?? null
  const placeOf = (message: Message | null): MessagePosition | null => message && places(message)
  const without = (seq: number): MessageRecord[] => kept.records.filter(({ message }) => message.seq !== seq)
  const newestTime = (): number => newestOf(() => true)?.sortAt ?? 0

  return {
    loadSummary: () => ({
      ...kept.summary,
      newest: newestTime(),
      lastTarget: Math.max(-1, ...kept.relations.map(({ targetOffset }) => targetOffset)),
    }),
    saveSummary: summary => void (kept.summary = structuredClone(summary)),
    clearDraft: () => void (kept.room.draft = ''),

    byId: id => structuredClone(kept.records.find(({ message }) => message.id === id) ?? null),
    insert({ message, extra }) {
      if (kept.records.some(each => each.message.id === message.id)) return null
      const seq = nextSeq()
      kept.records.push({ message: { ...message, seq }, extra, attempts: 0 })
      return seq
    },
    update(after) {
      kept.records = [...without(after.message.seq), structuredClone(after)]
    },
    remove({ message }) {
      kept.records = without(message.seq)
      kept.relations = kept.relations.filter(({ seq }) => seq !== message.seq)
    },
    insertRelation: (seq, relation) => void kept.relations.push({ ...relation, seq }),
    relationsTo: (target, targetOffset) =>
      messagesOf(kept).flatMap(message =>
        kept.relations
          .filter(
            each => each.seq === message.seq && each.target === target && each.targetOffset === targetOffset,
          )
          .map(({ kind }) => ({ kind, message })),
      ),

    newestTime,
    timeBefore: offset =>
      newestOf(message => message.offset !== null && message.offset < offset)?.sortAt ?? 0,
    newestChat: () => placeOf(newestOf(({ type }) => type === chatType)),
    othersUpTo: position => placeOf(newestOf(message => !message.own && !isAfter(message, position))),
    idBefore: position => newestOf(message => compareMessages(message, position) < 0)?.id ?? null,
    countAfter(position) {
      const unread = messagesOf(kept).filter(
        message => message.type === chatType && !message.own && isAfter(message, position),
      )
      return { unread: unread.length, mentions: unread.filter(({ mentionsMe }) => mentionsMe).length }
    },
  }
}
