/** The host's measurements: its counters, its memory, and the activity in its rooms. */
import { getHeapStatistics } from 'node:v8'
import type { HostMeasure, MeasuredQueue } from '../../../shared/contract/host-measure.ts'
import type { Client } from '../../broker/options/hooks.ts'
import type { HostCounts } from '../ports/options.ts'
import { roomActivity } from './room-activity.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Tails } from '../rooms/tails.ts'

interface FiguresOptions {
  counts: () => HostCounts
  rooms: Rooms
  tails: Tails
  clients: () => Iterable<Client>
  /** As {@link import('../../broker/broker.ts').Broker.crowdedAddress}. */
  crowdedAddress: () => string | null
  /** As {@link import('../../broker/broker.ts').Broker.openedDestinations}. */
  queues: () => MeasuredQueue[]
}

/** The most queues and streams that are listed by name. */
const mostQueues = 20

/** @returns a function that measures; `at` is a monotonic time in milliseconds. Call it on the host's own thread. */
export const createFigures =
  ({ counts, rooms, tails, clients, crowdedAddress, queues }: FiguresOptions) =>
  (at: number): HostMeasure => {
    const count = counts()
    const opened = queues()
    const { used_heap_size: heap, external_memory: buffers } = getHeapStatistics()
    return {
      at,
      // Chat messages arrive as requests, and count once they are stored; typing and other requests are no messages.
      messages: count.sendsReceived - count.requestsReceived + count.messagesStored,
      deliveries: count.messagesSent,
      backlogBytes: count.backlogBytes,
      longestBacklogBytes: count.longestBacklogBytes,
      memoryBytes: heap + buffers,
      crowdedAddress: crowdedAddress(),
      ...roomActivity({ rooms, tails, clients: clients() }),
      queues: opened.slice(0, mostQueues),
      moreQueues: Math.max(0, opened.length - mostQueues),
    }
  }
