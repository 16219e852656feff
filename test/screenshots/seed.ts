/** Fills a host's history, as if people had been talking for two days. */
import { nameKey } from '../../main/host/display-name.ts'
import { openHistory, type History } from '../../main/host/history/history.ts'
import type { Line, Room } from './talk.ts'

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
  await history.messages.append({
    roomId,
    senderId,
    messageId: id,
    body: ({ offset, sentAt }) =>
      JSON.stringify({ ...known, sentAt: new Date(sentAt).toISOString(), offset }),
  })
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
  const history = openHistory(folder, () => now, quietLog)
  try {
    const present = new Set(history.rooms.list().map(({ roomId }) => roomId))
    for (const { id, name, topic, lines } of rooms) {
      if (!present.has(id))
        history.rooms.insert({ roomId: id, name, topic, kind: 'public', directKey: null }, now)
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
