/** Finds text, sender and time in the JSON of STOMP chat servers, which use many names for them. */
import { readTime } from './zoned-time.ts'

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>

/** Field names, most likely first; counted in Spring chat back ends. */
const contentNames = ['content', 'message', 'text', 'body', 'msg']
const senderNames = [
  'sender',
  'senderName',
  'from',
  'user',
  'username',
  'userName',
  'nickname',
  'nickName',
  'senderNickname',
  'writer',
  'writerName',
  'author',
  'name',
]
const senderIdNames = ['senderId', 'userId', 'fromId', 'writerId', 'memberId', 'authorId']
const timeNames = ['sentAt', 'timestamp', 'createdAt', 'sendTime', 'sentTime', 'createdDate', 'time', 'date']
const typeNames = ['type', 'messageType']

/** Other names of the types that Stompbox knows. */
const typeAliases: Readonly<Record<string, string>> = {
  CHAT: 'CHAT',
  TALK: 'CHAT',
  MESSAGE: 'CHAT',
  TEXT: 'CHAT',
  SEND: 'CHAT',
  JOIN: 'JOIN',
  ENTER: 'JOIN',
  LEAVE: 'LEAVE',
  QUIT: 'LEAVE',
  EXIT: 'LEAVE',
}

/** A value and the name of its field. */
interface Found<Value> {
  name: string
  value: Value
}

const find = <Value>(
  json: Json,
  names: readonly string[],
  read: (value: unknown) => Value | null,
): Found<Value> | null => {
  for (const name of names) {
    const value = read(json[name])
    if (value !== null) return { name, value }
  }
  return null
}

/** @returns whether the value is a JSON object. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @returns a text; null for anything else. */
export const readText = (value: unknown): string | null => (typeof value === 'string' ? value : null)
/** @returns a name, or the name in an object about a person; null for anything else. */
export const readName = (value: unknown): string | null =>
  typeof value === 'string' && value !== ''
    ? value
    : isObject(value)
      ? (find(value, senderNames, readText)?.value ?? null)
      : null
/** @returns an id, which may be a number; null for anything else. */
export const readId = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

/** The known fields of a JSON object; null if missing. */
export interface MessageFields {
  content: string | null
  sender: string | null
  senderId: string | null
  /** Milliseconds since the epoch. */
  sentAt: number | null
  /** As the sender wrote it, to be checked. */
  id: unknown
  /** By Stompbox's names. */
  type: string | null
  /** By the server's names. */
  rawType: string | null
  /** The other fields, unchanged. */
  rest: Record<string, unknown>
}

/** The fields of a body that has none. */
export const fieldsOfNothing: MessageFields = {
  content: null,
  sender: null,
  senderId: null,
  sentAt: null,
  id: undefined,
  type: null,
  rawType: null,
  rest: {},
}

/** @returns the name that Stompbox has for a server's type: `CHAT` for `TALK`, `JOIN` for `ENTER`. */
export const usualType = (type: string): string => typeAliases[type.toUpperCase()] ?? type

/**
 * @param zone as {@link readTime} takes it.
 * @param now as {@link readTime} takes it.
 */
export const readMessageFields = (json: Json, zone: string | null, now: number): MessageFields => {
  const content = find(json, contentNames, readText)
  const sender = find(json, senderNames, readName)
  const senderId = find(json, senderIdNames, readId)
  const sentAt = find(json, timeNames, value => readTime(value, zone, now))
  const type = find(json, typeNames, readText)
  const plain = [content, senderId, sentAt, sender && isObject(json[sender.name]) ? null : sender]
  const used = new Set(plain.flatMap(found => found?.name ?? []))
  const usual = type && usualType(type.value)
  if (type !== null && type.value === usual) used.add(type.name)
  return {
    content: content?.value ?? null,
    sender: sender?.value ?? null,
    senderId: senderId?.value ?? null,
    sentAt: sentAt?.value ?? null,
    id: json.id,
    type: usual,
    rawType: type?.value ?? null,
    rest: Object.fromEntries(Object.entries(json).filter(([name]) => !used.has(name))),
  }
}

/** @returns the object or list in a JSON text; null for any other text. */
export const parseJson = (text: string): unknown => {
  if (!/^\s*[{[]/.test(text)) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @returns the object in a JSON text; null for any other text. */
export const parseObject = (text: string): Json | null => {
  const value = parseJson(text)
  return isObject(value) ? value : null
}
