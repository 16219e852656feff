/** Sensors that report to the rooms of the box, so that it has traffic and nobody has anything to read. */
import type { Client } from '@stomp/stompjs'
import { publish } from '../e2e/stomp.ts'

/** Rooms, and what part of the readings each gets; the more, the more people read along. */
const shares = [
  ['release-0-9', 0.55],
  ['general', 0.3],
  ['점심-원정대', 0.1],
  ['배포-알림', 0.05],
] as const

/** Milliseconds from one turn to the next. */
const interval = 200

/** @returns how many readings there are in this turn: a calm sea with a swell from time to time. */
const readingsOf = (turn: number): number =>
  Math.round(2 + Math.sin(turn / 3) + 5 * Math.max(0, Math.sin(turn / 37) * Math.sin(turn / 11)))

/** Lets `clients` take part in the rooms and report to them. @returns what ends the reports. */
export const startReadings = (clients: readonly Client[]): (() => void) => {
  for (const [place, [roomId]] of shares.entries())
    for (const client of clients.slice(place)) client.subscribe(`/topic/room.${roomId}`, () => undefined)
  let turn = 0
  let due = shares.map(() => 0)
  const timer = setInterval(() => {
    turn += 1
    due = shares.map(([roomId, share], place) => {
      let count = (due[place] ?? 0) + share * readingsOf(turn)
      const client = clients[(turn + place) % clients.length]
      for (; client && count >= 1; count -= 1) publish(client, { roomId, type: 'READING', content: '21.5' })
      return count
    })
  }, interval)
  return () => clearInterval(timer)
}
