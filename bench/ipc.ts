/**
 * Events to another process by structured clone: one by one, and in the batches of `shared/bridge/event-batches.ts`.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setImmediate as nextTick } from 'node:timers/promises'
import { clock } from '../main/app/clock.ts'
import { createEventBatches } from '../shared/bridge/event-batches.ts'
import type { AppEvent, EventBatch } from '../shared/contract/api.ts'
import { messageIdSchema, roomKeySchema } from '../shared/contract/model.ts'
import { compare, type Comparison } from './harness.ts'

const total = 20_000
/** The number of simultaneous events: those from one read of a socket. */
const burst = 40

const room = roomKeySchema.parse('server/general')
const event = (number: number): AppEvent => ({
  name: 'messageStored',
  payload: {
    message: {
      room,
      id: messageIdSchema.parse(`message-${number}`),
      type: 'CHAT',
      sender: '지우',
      senderId: 'person',
      content: `메시지 ${number}: the quick brown fox jumps over the lazy dog, 다람쥐 헌 쳇바퀴에 타고파`,
      sentAt: number,
      receivedAt: number,
      offset: number,
      sortAt: number,
      seq: number,
      own: false,
      delivery: null,
      failure: null,
      mentionsMe: false,
    },
    change: 'new',
  },
})
const events = Array.from({ length: total }, (_, number) => event(number))

/** Passes every event to `push`, in bursts. @returns when the other process has received them all. */
const deliver = async (window: ChildProcess, push: (event: AppEvent) => void): Promise<void> => {
  const arrived = once(window, 'message')
  for (let at = 0; at < total; at += burst) {
    events.slice(at, at + burst).forEach(push)
    await nextTick()
  }
  await arrived
}

export const benchIpc = async (): Promise<Comparison[]> => {
  const window = fork(new URL('./ipc-window.ts', import.meta.url), [String(total)], {
    serialization: 'advanced',
  })
  const send = (batch: EventBatch): void => void window.send(batch)
  const batches = createEventBatches({ send, after: clock.after })
  batches.open()
  await once(window, 'message')
  const comparison = await compare({
    name: `${total} events to the window`,
    baseline: {
      label: 'one by one',
      run: () => deliver(window, each => send({ first: 1, events: [each] })),
    },
    candidate: { label: 'in batches', run: () => deliver(window, batches.push) },
    bar: 2,
  })
  window.disconnect()
  return [comparison]
}
