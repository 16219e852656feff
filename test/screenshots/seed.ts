/** Fills a host's history, as if people had been talking for two days. */
import { randomBytes } from 'node:crypto'
import { nameKey } from '../../shared/text/fold.ts'
import { openHistory, type History } from '../../main/host/history/history.ts'
import { me, type Line, type Room } from './talk.ts'

const nothing = (): void => undefined
const quietLog = { info: nothing, error: nothing }

/** @returns milliseconds since the epoch of a line. */
const timeOf = ({ day, time }: Line): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const date = new Date()
  date.setDate(date.getDate() + day)
  return date.setHours(hours, minutes, 0, 0)
}

const say = async (history: History, roomId: string, line: Line, id: string): Promise<void> => {
  const senderId = history.people.byName(nameKey(line.sender))?.personId ?? `guest-${line.sender}`
  const known = { id, type: 'CHAT', roomId, sender: line.sender, senderId, content: line.text }
  await history.log.append([
    {
      roomId,
      senderId,
      messageId: id,
      body: sentAt => JSON.stringify({ ...known, sentAt: new Date(sentAt).toISOString() }),
    },
  ])
}

/** @returns the id of somebody who has claimed that name. */
const personOf = ({ people }: History, name: string, now: number): string => {
  const key = nameKey(name)
  const known = people.byName(key)
  if (known) return known.personId
  const personId = `person-${name}`
  people.insert({ personId, name, nameKey: key }, randomBytes(32), now)
  return personId
}

const insertRoom = (history: History, { id, name, topic, kind = 'public' }: Room, now: number): void => {
  const room = { roomId: id, name, topic, kind, directKey: null, madeBy: null, madeFrom: null, madeAt: now }
  if (kind === 'public') {
    history.rooms.insert(room)
    return
  }
  const own = personOf(history, me, now)
  if (kind === 'private') {
    history.rooms.insert(room, new Map([[own, 'owner']]))
    return
  }
  const two = [own, personOf(history, name, now)]
  const direct = { ...room, name: '', directKey: two.toSorted().join(' ') }
  history.rooms.insert(direct, new Map(two.map(person => [person, 'member'])))
}

/**
 * Writes rooms and lines into the host's folder; the host must not run.
 * @param which takes the lines to write.
 */
export const seedHost = async (
  folder: string,
  rooms: Room[],
  which: (line: Line) => boolean,
): Promise<void> => {
  let now = Date.now()
  const history = openHistory({ folder, keepFree: 0, now: () => now, log: quietLog })
  try {
    const present = new Set(history.rooms.list().map(({ roomId }) => roomId))
    for (const room of rooms) {
      const { id, lines } = room
      if (!present.has(id)) insertRoom(history, room, now)
      for (const [index, line] of lines.entries()) {
        if (!which(line)) continue
        now = timeOf(line)
        await say(history, id, line, `${id}-${String(index)}`)
      }
    }
  } finally {
    history.close()
  }
}
