/** The messages that a reader of the rooms must receive: each once, in the order of its room and of its sender. */
import { z } from 'zod'

const contentSchema = z
  .string()
  .transform(content => content.split(' ', 2).map(Number))
  .pipe(z.tuple([z.int(), z.int()]))
const bodySchema = z.object({ content: contentSchema })

/** @returns the content of a sender's nth message. */
export const contentOf = (sender: number, number: number): string =>
  `${sender} ${number} 다람쥐 헌 쳇바퀴에 타고파, the quick brown fox jumps over the lazy dog`

/**
 * The messages of one room as one reader receives them. Senders number their messages and rotate through the rooms, so
 * every `rooms`th number of a sender belongs here.
 */
export class Ledger {
  /** Offset of the next message. */
  next = 0
  count = 0
  readonly #room: number
  readonly #rooms: number
  readonly #onWrong: (sentence: string) => void
  readonly #expected = new Map<number, number>()

  constructor(room: number, rooms: number, onWrong: (sentence: string) => void) {
    this.#room = room
    this.#rooms = rooms
    this.#onWrong = onWrong
  }

  /** Adds the next message. @param json its body. */
  take(offset: number, json: string): void {
    const [sender, number] = bodySchema.parse(JSON.parse(json)).content
    const expected = this.expectedOf(sender)
    if (offset !== this.next) this.#onWrong(`room ${this.#room}: offset ${offset} instead of ${this.next}`)
    if (number !== expected)
      this.#onWrong(`room ${this.#room}: message ${number} of sender ${sender} instead of ${expected}`)
    this.next = offset + 1
    this.#expected.set(sender, number + this.#rooms)
    this.count++
  }

  /** @returns the number of the sender's next message in this room. */
  expectedOf(sender: number): number {
    return this.#expected.get(sender) ?? this.#room
  }
}
