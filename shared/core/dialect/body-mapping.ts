/** Reads the bodies of a server by its profile: JSON at the paths that it names, guessed fields elsewhere, or plain text. */
import { chatType, hiddenType, lineType } from '../../contract/model.ts'
import { parseJsonPath, valueAt, type JsonPath } from '../../contract/json-path.ts'
import type { Profile } from '../../contract/profile.ts'
import {
  fieldsOfNothing,
  isObject,
  parseJson,
  readId,
  readMessageFields,
  readName,
  readText,
  usualType,
  type MessageFields,
} from './message-fields.ts'
import { readTime } from './zoned-time.ts'

export interface BodyMapping {
  /** @param now milliseconds since the epoch. @returns null for a body without fields: it is a text as a whole. */
  fieldsOf: (body: string, now: number) => MessageFields | null
  /**
   * In direct messages, the room is the other person: the sender or the recipient.
   * @param isSelf tells whether a name is the person's own.
   * @returns the room that the body names; null if it names none, or none is looked for.
   */
  roomOf(body: string, isSelf: (name: string) => boolean): string | null
  /** Whether the profile says where the ids are: then any value there is one. */
  readonly namesIds: boolean
}

/** Texts are often in numbers, and ids are. */
const readWord = (value: unknown): string | null =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : readText(value)

/** @returns a reader of the first usable value at these paths; undefined for no paths. */
const readerOf = (texts: readonly string[] | null) => {
  if (texts === null) return undefined
  const paths = texts.flatMap((text): JsonPath[] => [parseJsonPath(text) ?? []])
  return <Value>(json: unknown, read: (value: unknown) => Value | null): Value | null => {
    for (const path of paths) {
      const value = read(valueAt(json, path))
      if (value !== null) return value
    }
    return null
  }
}

/** @returns the names of the outermost fields that a mapping reads. */
const outermost = (texts: readonly (readonly string[] | null)[]): ReadonlySet<unknown> =>
  new Set(
    texts
      .flatMap(some => some ?? [])
      .map(text => parseJsonPath(text) ?? [])
      .flatMap(path => (path.length === 1 ? path : [])),
  )

/** Chat without a text of its own; shown as it was received. */
const mediaTypes: ReadonlySet<string> = new Set(['IMAGE', 'PHOTO', 'VIDEO', 'FILE'])

/** @returns the type that Stompbox gives a message of the server's type `raw`. */
const typeFor = (
  raw: string | null,
  { content, sender }: Pick<MessageFields, 'content' | 'sender'>,
  wanted: 'shown' | 'line' | 'hidden' | undefined,
): string => {
  if (wanted === 'hidden') return hiddenType
  if (raw === null || wanted === 'shown') return chatType
  const usual = mediaTypes.has(raw.toUpperCase()) ? chatType : usualType(raw)
  if (usual === chatType) return wanted === 'line' ? lineType : chatType
  if (usual === 'JOIN' || usual === 'LEAVE') return sender === null && content !== null ? lineType : usual
  if (wanted === 'line') return lineType
  // A text is never swallowed because its type is unknown.
  return content === null ? raw : chatType
}

export const createBodyMapping = (body: Profile['body']): BodyMapping => {
  const { timeZone } = body
  const types = new Map(body.types.map(({ type, as }) => [type, as]))
  const at = {
    text: readerOf(body.text),
    author: readerOf(body.author),
    authorId: readerOf(body.authorId),
    room: readerOf(body.room),
    type: readerOf(body.type),
    time: readerOf(body.time),
    id: readerOf(body.id),
  }
  const used = outermost([body.text, body.author, body.authorId, body.room, body.time])
  const parse = (text: string): unknown => (body.format === 'json' ? parseJson(text) : undefined)

  return {
    namesIds: body.id !== null,
    roomOf(text, isSelf) {
      const json = parse(text)
      const readOther = (value: unknown): string | null => {
        const word = readWord(value)
        return word === null || isSelf(word) ? null : word
      }
      return at.room?.(json, readOther) ?? at.room?.(json, readWord) ?? null
    },
    fieldsOf(text, now) {
      const json = parse(text)
      if (typeof json !== 'object' || json === null) return null
      const guessed = isObject(json) ? readMessageFields(json, timeZone, now) : fieldsOfNothing
      const content = at.text ? at.text(json, readWord) : guessed.content
      const sender = at.author ? at.author(json, readName) : guessed.sender
      const raw = at.type ? at.type(json, readWord) : guessed.rawType
      return {
        content,
        sender,
        senderId: at.authorId ? at.authorId(json, readId) : guessed.senderId,
        sentAt: at.time ? at.time(json, value => readTime(value, timeZone, now)) : guessed.sentAt,
        id: at.id ? at.id(json, readId) : guessed.id,
        type: typeFor(raw, { content, sender }, raw === null ? undefined : types.get(raw)),
        rawType: raw,
        rest: Object.fromEntries(Object.entries(guessed.rest).filter(([name]) => !used.has(name))),
      }
    },
  }
}
