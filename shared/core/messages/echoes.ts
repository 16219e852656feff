/** Recognises own messages that a server may send back changed (decision 13). */
import { compose } from '../../text/compose.ts'
import type { MessageId, RoomKey } from '../../contract/model.ts'
import type { ArrivedMessage } from '../ports.ts'

/** The most messages of a room that await their echo; a server that never echoes must not fill the memory. */
const mostSent = 64
/**
 * How long to look for an echo without the id, in milliseconds. After that, the same text counts as a new message from
 * another device.
 */
export const echoDeadline = 120_000
/** The longest compared text, in UTF-16 units. */
const longest = 20_000

interface Sent {
  id: MessageId
  at: number
  content: string
  form: string
}

/** The person's identity on the server. */
interface Self {
  /** Their name, the login, and the name that the profile says. */
  names: readonly string[]
  /** Their `senderId` by the profile; null if it does not say. */
  id: string | null
}

export interface Echoes {
  /** Records an outgoing message. @param at milliseconds since the epoch. */
  sent(message: { room: RoomKey; id: MessageId; content: string }, at: number): void
  /** @returns the message: an echo gets its original id, and any message from the person counts as their own. */
  recognise(arrived: ArrivedMessage, self: Self): ArrivedMessage
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
const unescaped = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (entity, decimal, hex, name: string | undefined) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? entity
      const code = hex === undefined ? Number(decimal) : parseInt(String(hex), 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : entity
    },
  )

/** @returns the text without differences in escapes, white space, invisible characters and Unicode forms. */
const formOf = (text: string): string =>
  compose(unescaped(text.slice(0, longest)), 'NFKC')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim()

/** Characters that servers insert for those that their character set lacks or their filter rejects. */
const isReplacement = (character: string | undefined): boolean =>
  character === '?' || character === '*' || character === '\ufffd'

/**
 * @returns whether `echo` is `sent` with some characters replaced, each by one replacement character for each of its
 *   one to four bytes. Linear in both lengths.
 */
const isReplaced = (sent: string, echo: string): boolean => {
  const [from, to] = [Array.from(sent), Array.from(echo)]
  let at = 0
  for (let next = 0; next < to.length;) {
    if (to[next] === from[at]) {
      next++
      at++
      continue
    }
    const start = next
    while (isReplacement(to[next])) next++
    const run = next - start
    const end = next === to.length ? from.length : from.indexOf(to[next] ?? '', at + 1)
    const replaced = end - at
    if (replaced < 1 || run < replaced || run > 4 * replaced) return false
    at = end
  }
  return at === from.length
}

const nameOf = (name: string): string => formOf(name.slice(0, 200))

export const createEchoes = (): Echoes => {
  const rooms = new Map<RoomKey, Sent[]>()
  /** The person's `senderId`, as learned from echoes. */
  let ownId: string | null = null

  const isOwn = ({ sender, senderId }: ArrivedMessage, { names, id }: Self): boolean => {
    const known = [id, ownId].filter(each => each !== null)
    return known.length > 0 && senderId !== null
      ? known.includes(senderId)
      : names.some(name => nameOf(name) === nameOf(sender))
  }

  const find = (arrived: ArrivedMessage, sent: readonly Sent[]): Sent | undefined => {
    const recent = sent.filter(({ at }) => arrived.receivedAt - at < echoDeadline)
    const exact = recent.find(({ content }) => content === arrived.content)
    if (exact ?? recent.length === 0) return exact
    const form = formOf(arrived.content)
    return recent.find(each => each.form === form) ?? recent.find(each => isReplaced(each.form, form))
  }

  return {
    sent({ room, id, content }, at) {
      const others = (rooms.get(room) ?? []).filter(each => each.id !== id)
      rooms.set(room, [...others, { id, at, content, form: formOf(content) }].slice(-mostSent))
    },
    recognise(arrived, self) {
      const sent = rooms.get(arrived.room) ?? []
      const own = isOwn(arrived, self)
      const echoed =
        sent.find(({ id }) => id === arrived.id) ??
        (own || arrived.sender === '' ? find(arrived, sent) : undefined)
      if (echoed) {
        rooms.set(
          arrived.room,
          sent.filter(each => each !== echoed),
        )
        ownId = arrived.senderId ?? ownId
      }
      if (!echoed && !own) return arrived
      return { ...arrived, id: echoed?.id ?? arrived.id, own: true, mentionsMe: false }
    },
  }
}
