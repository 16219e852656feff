/** Sends the own messages of one server: in order, several at a time, over restarts and lost connections, each until it is settled. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { Delivery, Message, MessageId, RoomKey, ServerId } from '../../contract/model.ts'
import type { MessageCache, OutboxEntry, Stored } from '../ports.ts'
import type { ReceiptOutcome } from '../session/receipts.ts'

/** Messages that may be on their way at once; more where no receipt ever makes room for the next. */
export const sendWindow = 16
const blindWindow = 1000

/** How the messages of a session go out. */
interface Way {
  /** SENDs; see {@link import('../session/session.ts').Session.send}. */
  send(entry: OutboxEntry): Promise<ReceiptOutcome>
  /**
   * Whether the server gives receipts. Then what was put on the wire before and not confirmed is sent again, because the server has
   * most likely not taken it; elsewhere everybody would see it twice.
   */
  receipts: boolean
}

export interface OutboxOptions {
  cache: MessageCache
  serverId: ServerId
  /** The delivery of a message was written. */
  onStored(stored: Stored): void
  onError(error: AppError): void
}

export interface Outbox {
  /** A session is there: sends what waits. Rejects with the cache's failure. */
  open: (way: Way) => Promise<void>
  /** The session is gone; what was on its way waits for the next one. */
  shut: () => void
  /** A message was queued in the cache. */
  add: (entry: OutboxEntry) => void
  /** The message was seen in its room, or taken back: its receipt is no longer waited for. */
  settle: (room: RoomKey, id: MessageId) => void
}

const keyOf = ({ message }: { message: Pick<Message, 'room' | 'id'> }): string =>
  `${message.room} ${message.id}`

export const createOutbox = (options: OutboxOptions): Outbox => {
  const { cache, serverId } = options
  /** The session that is there, while its outbox is still being read. */
  let opening: Way | null = null
  let way: Way | null = null
  /** What waits for its turn, and what is on its way; both in order, by {@link keyOf}. */
  let waiting = new Map<string, OutboxEntry>()
  let underWay = new Map<string, OutboxEntry>()

  const change = async (
    { message: { room, id } }: OutboxEntry,
    delivery: Exclude<Delivery, 'queued'>,
    failure?: AppError,
  ): Promise<void> => {
    try {
      const stored = await cache.setDelivery(room, id, delivery, failure)
      if (stored) options.onStored(stored)
    } catch (thrown) {
      options.onError(toAppError(thrown))
    }
  }

  const deliver = async (entry: OutboxEntry, by: Way): Promise<void> => {
    const onItsWay = underWay
    /** @returns whether it was awaited: not where the message was seen in its room, or taken back. */
    const stopAwaiting = (): boolean => onItsWay.delete(keyOf(entry))
    const receipt = by.send(entry)
    const sent = change(entry, 'sent')
    try {
      const outcome = await receipt
      // At once, and whatever has become of the session since: sent again, others might see it twice.
      if (stopAwaiting() && outcome === 'received') await change(entry, 'confirmed')
    } catch (thrown) {
      const error = toAppError(thrown)
      await sent
      // A session may end because of the message; the answer of one that another has followed changes nothing.
      if (stopAwaiting() && (way ?? by) === by && error.code !== 'connection-lost')
        await change(entry, 'failed', error)
    }
    pump()
  }

  const pump = (): void => {
    if (!way) return
    for (const [key, entry] of waiting) {
      if (underWay.size >= (way.receipts ? sendWindow : blindWindow)) return
      waiting.delete(key)
      underWay.set(key, entry)
      void deliver(entry, way)
    }
  }

  return {
    async open(next) {
      opening = next
      way = null
      waiting = new Map()
      underWay = new Map()
      const listed = await cache.listOutbox(serverId)
      if (opening !== next) return
      const due = listed.filter(({ message }) => message.delivery === 'queued' || next.receipts)
      // What was added meanwhile comes after what the cache had before.
      waiting = new Map([...due.map(entry => [keyOf(entry), entry] as const), ...waiting])
      way = next
      pump()
    },
    shut() {
      opening = null
      way = null
    },
    add(entry) {
      const key = keyOf(entry)
      if (!opening || underWay.has(key)) return
      waiting.set(key, entry)
      pump()
    },
    settle(room, id) {
      const key = keyOf({ message: { room, id } })
      waiting.delete(key)
      if (underWay.delete(key)) pump()
    },
  }
}
