/** Guesses how a server writes messages from one of them: a JSON body, or a whole MESSAGE frame that was captured. */

/** The parts of a message that are found by paths. */
export const messageParts = ['text', 'author', 'authorId', 'room', 'type', 'time', 'id', 'replyTo'] as const
export type MessagePart = (typeof messageParts)[number]

/** A value in the sample. */
export interface SampleField {
  /** A JSON path. */
  path: string
  /** As it is shown. */
  value: string
}

export interface Guess {
  fields: SampleField[]
  /** The path of each part; null where nothing in the sample looks like it. */
  parts: Record<MessagePart, string | null>
  /** The destination of a frame, with `{roomId}` where the room stands; null for a body alone. */
  subscribe: string | null
}

/** The longest sample, in UTF-16 units. */
export const longestSample = 64 * 1024
const mostFields = 100
const deepest = 6
/** The longest shown value, in UTF-16 units. */
const longestValue = 80

/**
 * Names of fields, in lower case without separators, the most telling first: those of Spring chat back ends, and
 * Korean ones.
 */
const names: Readonly<Record<MessagePart, readonly string[]>> = {
  text: 'content message text body msg chatmessage messagecontent contents chat 내용 메시지 메세지 본문 채팅내용'.split(
    ' ',
  ),
  author:
    'sender sendername sendernickname nickname username membername writer writername author authorname from fromname user nick name 보낸사람 보낸이 작성자 발신자 닉네임 이름'.split(
      ' ',
    ),
  authorId:
    'senderid userid memberid writerid authorid fromid 보낸사람id 작성자id 회원id 사용자id 회원번호'.split(
      ' ',
    ),
  room: 'roomid chatroomid roomno roomname room chatroom channelid channel 방번호 방id 채팅방id 채팅방 방'.split(
    ' ',
  ),
  type: 'type messagetype msgtype chattype 종류 유형 타입 메시지종류'.split(' '),
  time: 'sentat timestamp createdat sendtime senttime createddate regdate senddate time date 보낸시간 보낸시각 작성일시 작성일 시각 시간 날짜'.split(
    ' ',
  ),
  id: 'messageid msgid chatid id 메시지id 메시지번호 번호'.split(' '),
  replyTo: 'replyto replytoid parentid parentmessageid 답장대상 원본메시지id'.split(' '),
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '')

interface Leaf {
  steps: readonly (string | number)[]
  value: unknown
}

/** `[2024,1,26,10,0]`, as Jackson writes a LocalDateTime. */
const isDateList = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 3 &&
  value.length <= 7 &&
  value.every(part => typeof part === 'number')

const leavesOf = (value: unknown, steps: Leaf['steps'] = [], found: Leaf[] = []): Leaf[] => {
  if (found.length >= mostFields) return found
  if (typeof value !== 'object' || value === null || isDateList(value)) found.push({ steps, value })
  else if (steps.length < deepest)
    for (const [name, inner] of Object.entries(value))
      leavesOf(inner, [...steps, Array.isArray(value) ? Number(name) : name], found)
  return found
}

const pathOf = (steps: Leaf['steps']): string =>
  steps
    .map((step, at) => {
      if (typeof step === 'number') return `[${step}]`
      if (!/^[^.[\]"\s$][^.[\]"\s]*$/.test(step)) return `["${step}"]`
      return at === 0 ? step : `.${step}`
    })
    .join('')

const isTime = (value: unknown): boolean => {
  if (typeof value === 'number') return value > 946_684_800
  return isDateList(value) || (typeof value === 'string' && value.length <= 64 && /\d{1,2}:\d\d/.test(value))
}
const isWord = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'number'

/** Whether a value can be such a part. */
const fits: Readonly<Record<MessagePart, (value: unknown) => boolean>> = {
  text: value => typeof value === 'string',
  author: value => typeof value === 'string' && value !== '',
  authorId: isWord,
  room: isWord,
  type: value => typeof value === 'string' && value.length <= 64,
  time: isTime,
  id: isWord,
  replyTo: isWord,
}

/** @returns how little a field looks like a part: 0 for the most telling name; null for not at all. */
const distance = ({ steps, value }: Leaf, part: MessagePart): number | null => {
  if (!fits[part](value)) return null
  const [last = '', outer = ''] = steps.toReversed().map(step => plain(String(step)))
  const rank = (name: string, of: MessagePart = part): number | null => {
    const at = names[of].indexOf(name)
    return at < 0 ? null : at
  }
  const isOf = (of: MessagePart): boolean => rank(outer, of) !== null
  const about = (name: string): boolean => last === name || last === '번호' || last === '아이디'
  // `sender.id` is the sender's, and `room.name` no name of a person.
  if (isOf('author') && about('id')) return part === 'authorId' ? 1 : null
  if (isOf('room') && (about('id') || last === 'name')) return part === 'room' && last !== 'name' ? 1 : null
  const own = rank(last)
  return own === null ? null : own + (part === 'author' && isOf('author') ? 0 : 10 * (steps.length - 1))
}

const bestOf = (leaves: readonly Leaf[], part: MessagePart): Leaf | null => {
  const ranked = leaves
    .map(leaf => ({ leaf, far: distance(leaf, part) }))
    .filter((each): each is { leaf: Leaf; far: number } => each.far !== null)
  return ranked.sort((a, b) => a.far - b.far)[0]?.leaf ?? null
}

/** @returns the destination and body of a captured frame, or the text as a body. */
const takeApart = (sample: string): { destination: string | null; body: string } => {
  const text = sample.replaceAll('\r\n', '\n').replaceAll('\0', '').trim()
  if (!/^(MESSAGE|SEND)\n/.test(text)) return { destination: null, body: text }
  const end = text.indexOf('\n\n')
  const head = (end < 0 ? text : text.slice(0, end)).split('\n')
  const destination = head.find(line => line.startsWith('destination:'))?.slice('destination:'.length)
  return { destination: destination ?? null, body: end < 0 ? '' : text.slice(end + 2) }
}

/** @returns the destination with `{roomId}` in place of the room: the segment that the body names, or one that looks like an id. */
const templateOf = (destination: string, room: unknown): string => {
  const parts = destination.split(/([/.])/)
  const isRoom = (part: string): boolean => isWord(room) && part === String(room)
  const isId = (part: string): boolean => /^(\d{1,18}|[\da-f]{8}-[\da-f-]{27})$/i.test(part)
  const at = parts.findLastIndex(isRoom)
  const place = at < 0 ? parts.findLastIndex(isId) : at
  return (place < 0 ? parts : parts.with(place, '{roomId}')).join('')
}

/** @returns the guess; null for a text that is neither JSON nor a frame with JSON in it. */
export const guessProfile = (sample: string): Guess | null => {
  if (sample.length > longestSample) return null
  const { destination, body } = takeApart(sample)
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return null
  }
  if (typeof json !== 'object' || json === null) return null
  const leaves = leavesOf(json)
  const taken = new Set<Leaf>()
  const found = new Map<MessagePart, Leaf>()
  for (const part of messageParts) {
    const leaf = bestOf(
      leaves.filter(each => !taken.has(each)),
      part,
    )
    if (!leaf) continue
    taken.add(leaf)
    found.set(part, leaf)
  }
  const parts = Object.fromEntries(
    messageParts.map(part => {
      const leaf = found.get(part)
      return [part, leaf ? pathOf(leaf.steps) : null]
    }),
  ) as Guess['parts']
  return {
    fields: leaves.map(({ steps, value }) => ({
      path: pathOf(steps),
      value: (typeof value === 'string' ? value : JSON.stringify(value))
        .slice(0, longestValue)
        .toWellFormed(),
    })),
    parts,
    subscribe: destination === null ? null : templateOf(destination, found.get('room')?.value),
  }
}
