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
  TALK: 'CHAT',
  MESSAGE: 'CHAT',
  TEXT: 'CHAT',
  SEND: 'CHAT',
  ENTER: 'JOIN',
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

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const readText = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const readName = (value: unknown): string | null =>
  typeof value === 'string' && value !== ''
    ? value
    : isObject(value)
      ? (find(value, senderNames, readText)?.value ?? null)
      : null
const readId = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null

/** The known fields of a JSON object; null if missing. */
export interface MessageFields {
  content: string | null
  sender: string | null
  senderId: string | null
  /** Milliseconds since the epoch. */
  sentAt: number | null
  type: string | null
  /** The other fields, unchanged. */
  rest: Record<string, unknown>
}

/** @param zone as {@link readTime} takes it. */
export const readMessageFields = (json: Json, zone: string | null): MessageFields => {
  const content = find(json, contentNames, readText)
  const sender = find(json, senderNames, readName)
  const senderId = find(json, senderIdNames, readId)
  const sentAt = find(json, timeNames, value => readTime(value, zone))
  const type = find(json, typeNames, readText)
  const plain = [content, senderId, sentAt, sender && isObject(json[sender.name]) ? null : sender]
  const used = new Set(plain.flatMap(found => found?.name ?? []))
  const alias = type && typeAliases[type.value.toUpperCase()]
  if (type && !alias) used.add(type.name)
  return {
    content: content?.value ?? null,
    sender: sender?.value ?? null,
    senderId: senderId?.value ?? null,
    sentAt: sentAt?.value ?? null,
    type: alias ?? type?.value ?? null,
    rest: Object.fromEntries(Object.entries(json).filter(([name]) => !used.has(name))),
  }
}

/** @returns the object in a JSON text; null for any other text. */
export const parseObject = (text: string): Json | null => {
  if (!text.trimStart().startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
