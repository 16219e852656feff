/** Fills a host's history, as if people had been talking for two days. */
import { randomBytes } from 'node:crypto'
import { nameKey } from '../../shared/text/fold.ts'
import { openHistory, type History } from '../../main/host/history/history.ts'
import { me, type Line, type Room } from './talk.ts'

const logWorker = new URL('../../main/host/history/worker.ts', import.meta.url)
const nothing = (): void => undefined
const quietLog = { info: nothing, error: nothing }

/** @returns milliseconds since the epoch of a line. */
const timeOf = ({ day, time }: Line): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const date = new Date()
  date.setDate(date.getDate() + day)
  return date.setHours(hours, minutes, 0, 0)
}

/** A host's history, with the ids of its known people by their names. */
interface Seeded {
  readonly history: History
  readonly people: Map<string, string>
}

const say = async ({ history, people }: Seeded, roomId: string, line: Line, id: string): Promise<void> => {
  const sentAt = timeOf(line)
  const senderId = people.get(line.sender) ?? `guest-${line.sender}`
  const known = { id, type: 'CHAT', roomId, sender: line.sender, senderId, content: line.text }
  await history.log.append([
    {
      roomId,
      senderId,
      messageId: id,
      sentAt,
      body: Buffer.from(JSON.stringify({ ...known, sentAt: new Date(sentAt).toISOString() })),
    },
  ])
}

/** @returns the id of the person who has claimed that name. */
const personOf = async ({ history, people }: Seeded, name: string, now: number): Promise<string> => {
  const known = people.get(name)
  if (known !== undefined) return known
  const personId = `person-${name}`
  await history.directory.addPerson({ personId, name, nameKey: nameKey(name) }, randomBytes(32), now)
  people.set(name, personId)
  return personId
}

const addRoom = async (
  seeded: Seeded,
  { id, name, topic, kind = 'public' }: Room,
  now: number,
): Promise<void> => {
  const { directory } = seeded.history
  const room = { roomId: id, name, topic, kind, directKey: null, madeBy: null, madeFrom: null, madeAt: now }
  if (kind === 'public') return directory.addRoom(room)
  const own = await personOf(seeded, me, now)
  if (kind === 'private') return directory.addRoom(room, new Map([[own, 'owner']]))
  const two = [own, await personOf(seeded, name, now)]
  const direct = { ...room, name: '', directKey: two.toSorted().join(' ') }
  return directory.addRoom(direct, new Map(two.map(person => [person, 'member'])))
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
  const now = Date.now()
  const history = openHistory({ folder, keepFree: 0, logWorker, log: quietLog })
  try {
    const content = await history.directory.read()
    const people = new Map(content.people.map(({ name, personId }) => [name, personId]))
    const seeded = { history, people }
    const present = new Set(content.rooms.map(({ roomId }) => roomId))
    for (const room of rooms) {
      const { id, lines } = room
      if (!present.has(id)) await addRoom(seeded, room, now)
      for (const [index, line] of lines.entries()) {
        if (!which(line)) continue
        await say(seeded, id, line, `${id}-${String(index)}`)
      }
    }
  } finally {
    await history.close()
  }
}
