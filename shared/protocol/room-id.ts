/** The ids of rooms: one word of a STOMP destination, readable in every script. */
import { z } from 'zod'
import { compose } from '../text/compose.ts'
import { composedText } from './composed-text.ts'
import { limits } from './limits.ts'

/** The id of an existing room. */
export const roomIdSchema = z.string().min(1).max(limits.roomId).brand<'RoomId'>()

/** Characters of the longest id that is made from a name. */
const maxMadeLength = 48

const tooLong = `roomId may have at most ${limits.roomId} characters`

/** The id of a new room: letters and digits of any script and `-`, lower case, composed (NFC); never `.`, `*`, `#` or `/`. */
export const newRoomIdSchema = composedText(limits.roomId, tooLong)
  .transform(id => id.toLowerCase())
  .pipe(
    z
      .string()
      .max(limits.roomId, tooLong)
      .regex(
        /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u,
        'roomId may hold letters, digits and hyphens',
      ),
  )

/**
 * @param name the room's name, free-form.
 * @param isTaken whether a room has this id already.
 * @returns an id that reads like the name: `점심 메뉴 투표!` gives `점심-메뉴-투표`; the second one `점심-메뉴-투표-2`.
 */
export const makeRoomId = (name: string, isTaken: (id: string) => boolean): string => {
  const words = compose(compose(name, 'NFKC').toLowerCase()).match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu)
  const readable = Array.from(words?.join('-') ?? '')
    .slice(0, maxMadeLength)
    .join('')
    .replace(/-$/, '')
  const id = readable === '' ? 'room' : readable
  if (!isTaken(id)) return id
  let number = 2
  while (isTaken(`${id}-${number}`)) number += 1
  return `${id}-${number}`
}
