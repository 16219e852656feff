/** One subscription of a session: requested, requested again when the server cancels it, ended. */
import type { AppError } from '../../contract/errors.ts'
import { backOff } from './back-off.ts'
import type { Clock } from '../ports.ts'
import type { Receipts } from './receipts.ts'

/** A subscription that the server has been asked for. */
interface Requested {
  id: string
  unsubscribe(): void
}

export interface SubscriptionOptions {
  clock: Clock
  receipts: Pick<Receipts, 'send'>
  destination: string
  /** Puts SUBSCRIBE on the wire. @param id that of the subscription before it was cancelled; undefined at first. */
  request(subscription: Subscription, receiptId: string, id: string | undefined): Requested
  onRefused(error: AppError): void
}

export interface Subscription {
  /** The server has cancelled it (as RabbitMQ does when its queue is deleted): asks again, later each time. */
  renew(): void
  /** Sends UNSUBSCRIBE where the server has the subscription. */
  end(): void
}

export const openSubscription = (options: SubscriptionOptions): Subscription => {
  const { clock, receipts, destination } = options
  /** Null where the server has none: a server closes the connection of a client that ends what is not there. */
  let requested: Requested | null = null
  let id: string | undefined
  let isEnded = false
  let cancellations = 0
  let cancelRenewal: () => void = () => undefined

  const request = (): void =>
    receipts.send({
      frame: { command: 'SUBSCRIBE', destination, body: '' },
      transmit(receiptId) {
        if (isEnded) return false
        requested = options.request(self, receiptId, id)
        id = requested.id
        return true
      },
      settle: () => undefined,
      refuse(error) {
        requested = null
        options.onRefused(error)
      },
    })
  const self: Subscription = {
    renew() {
      requested = null
      cancelRenewal()
      cancelRenewal = clock.after(backOff(++cancellations, 1), request)
    },
    end() {
      isEnded = true
      cancelRenewal()
      requested?.unsubscribe()
      requested = null
    },
  }
  request()
  return self
}
