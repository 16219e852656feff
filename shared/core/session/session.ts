/** One STOMP session over one socket, from CONNECT to its end: the only importer of @stomp/stompjs. It never reconnects. */
import { Client, StompHeaders, Versions, type IFrame } from '@stomp/stompjs'
import { Failure, type AppError } from '../../contract/errors.ts'
import type { ConnectedHeaders, Dialect, ReceivedFrame, Sending } from '../dialect/dialect.ts'
import { errorFromFrame, type Addressee } from '../dialect/error-frames.ts'
import { idleInterval, watchLiveness, type Liveness } from './liveness.ts'
import { observeSocket } from './observed-socket.ts'
import type { Clock, Log, SocketFactory } from '../ports.ts'
import { pendingReceipts, type ReceiptOutcome } from './receipts.ts'
import type { Poison } from './poison.ts'
import { openSubscription, type Subscription } from './subscription.ts'
import { createUnnamedErrors } from './unnamed-errors.ts'

/** Milliseconds; wanted in both directions. */
const heartBeat = 10_000
/** Milliseconds from opening the socket to CONNECTED. */
const connectDeadline = 15_000
/** Milliseconds that a server has for the receipt of DISCONNECT. */
const closeDeadline = 2000
/** Milliseconds between looks at whether frames that go one at a time have all got through. */
const clearedAfter = 30_000
/**
 * Largest frame that is taken in, in bytes of data that arrive without completing one: the parser itself knows no limit. The directory of
 * a host that has as many rooms as it may, with the longest topics, takes 2.4 MB.
 */
const largestFrame = 4 * 1024 * 1024

export interface SessionOptions {
  sockets: SocketFactory
  clock: Clock
  log: Log
  url: string
  /** As {@link SocketFactory.open} takes it. */
  fingerprint: string | null
  /** Headers of CONNECT. They can't be escaped (STOMP 1.2, "Value Encoding"), so line breaks in values become spaces. */
  connectHeaders: Readonly<Record<string, string>>
  addressee: Addressee
  /** What former sessions to this server have taught. */
  poison: Poison
  /** @returns what the server with this CONNECTED frame speaks. */
  dialectOf(connected: ConnectedHeaders): Dialect
  /** CONNECTED has come. */
  onConnected(dialect: Dialect): void
  /** The server refused something that nobody waits for, and the session goes on. */
  onError(error: AppError): void
  /** The session is over and nothing more comes of it. Not called after {@link Session.close}. */
  onEnded(error: AppError): void
}

export interface Session {
  /**
   * SUBSCRIBE. Unless `headers` say an `id`, one is made. A subscription that the server cancels is made again. Where the session is over,
   * nothing happens.
   * @param onRefused is told the server's refusal, in place of {@link SessionOptions.onError}.
   * @returns what ends the subscription.
   */
  subscribe: (
    destination: string,
    headers: Readonly<Record<string, string>>,
    onMessage: (frame: ReceivedFrame) => void,
    onRefused?: (error: AppError) => void,
  ) => () => void
  /**
   * SEND, with a receipt.
   * @returns `received` with the RECEIPT; `unknown` where none came in time. Rejects with the server's refusal, and with
   * `connection-lost` when the session ends first.
   */
  send: (sending: Sending) => Promise<ReceiptOutcome>
  /** ACK of a MESSAGE whose subscription asks for it; nothing for any other. */
  acknowledge: (frame: ReceivedFrame) => void
  /** Makes the SEND of this receipt fail. @returns whether one was waiting. */
  refuse: (receiptId: string, error: AppError) => boolean
  /** @returns whether this server gives receipts at all: true with the first one, false when none has come in a while. */
  givesReceipts: () => Promise<boolean>
  /** Finds out at once whether the link is alive; {@link SessionOptions.onEnded} tells if it is not. */
  verify: () => void
  /** Gives the session up because of `error`, without a word to the server. */
  drop: (error: AppError) => void
  /** Says good-bye and resolves when the socket is closed. */
  close: () => Promise<void>
}

const ignore = (): void => undefined

const stompHeaders = (headers: Readonly<Record<string, string>>): StompHeaders =>
  Object.assign(new StompHeaders(), headers)

const withoutLineBreaks = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace(/[\r\n\0]+/g, ' ')]))

/**
 * The server's side of the heart-beat: how often it will send, in milliseconds; 0 for never. Null where the header is none (STOMP 1.2,
 * "Heart-beating"), or longer than a timer can be: the library would beat without a pause.
 */
const serverBeat = (headers: ReceivedFrame['headers']): number | null => {
  const [, beat] = /^(\d{1,9}), ?\d{1,9}$/.exec(headers['heart-beat'] ?? '0,0') ?? []
  if (beat === undefined) return null
  return Number(beat) > 0 ? Math.max(Number(beat), heartBeat) : 0
}

export const openSession = (options: SessionOptions): Session => {
  const { clock, log, addressee, poison } = options
  const socket = options.sockets.open(options.url, ['v12.stomp'], options.fingerprint)
  let phase: 'connecting' | 'online' | 'closing' | 'over' = 'connecting'
  let opened = false
  let liveness: Liveness | null = null
  /** Whether refusals say which frame they mean. */
  let namesFrames = false
  let unframed = 0
  let answersPings = false
  const receipts = pendingReceipts(clock, poison.isSuspected())
  const errors = createUnnamedErrors(clock, receipts)
  /** By their ids. */
  const subscriptions = new Map<string, Subscription>()
  const tellError = (error: AppError): void => options.onError(error)
  /** An ERROR that refuses nothing that anybody waits for. */
  const complain = (error: AppError): void => errors.add({ error, suspects: [], tell: tellError })

  /** A frame is complete: whatever follows belongs to the next one, and the server has gone on since its last ERROR. */
  const framed = (isReceipt = false): void => {
    unframed = 0
    errors.heard(isReceipt)
  }

  const observed = observeSocket(socket, {
    onOpen() {
      opened = true
    },
    onData(length) {
      if (phase === 'over') return false
      liveness?.heard()
      unframed += length
      if (unframed <= largestFrame) return true
      drop({ code: 'frame-too-large' })
      return false
    },
    onPong() {
      answersPings = true
      liveness?.heard()
    },
  })

  const closedError = (): AppError =>
    opened ? { code: 'connection-lost' } : { code: 'server-unreachable', params: { ...addressee } }

  /** Nothing more is said. @returns false where that has happened already. */
  const finish = (next: 'closing' | 'over'): boolean => {
    if (phase === 'closing' || phase === 'over') return false
    phase = next
    cancelDeadline()
    cancelCleared()
    liveness?.stop()
    return true
  }
  const drop = (error: AppError): void => {
    if (!finish('over')) return
    errors.end()
    receipts.end({ code: 'connection-lost' }, null)
    void client.deactivate({ force: true })
    options.onEnded(error)
  }

  const cancelDeadline = clock.after(connectDeadline, () =>
    drop({ code: opened ? 'server-not-stomp' : 'server-unreachable', params: { ...addressee } }),
  )

  /** Where receipts are given, a transaction of nothing: it is answered by the broker itself, and leaves no trace. */
  const probe = (): boolean => {
    if (!receipts.seen()) {
      socket.send('\n')
      socket.ping?.()
      return answersPings
    }
    const receipt = receipts.next()
    socket.send(`BEGIN\ntransaction:${receipt}\nreceipt:${receipt}\n\n\0`)
    socket.send(`ABORT\ntransaction:${receipt}\n\n\0`)
    return true
  }

  let cancelCleared: () => void = ignore
  const watchForCleared = (): void => {
    cancelCleared = clock.after(clearedAfter, () => {
      if (!receipts.isIdle()) {
        watchForCleared()
        return
      }
      poison.cleared()
      receipts.release()
    })
  }

  const connected = (frame: IFrame): void => {
    const beat = serverBeat(frame.headers)
    // The library would begin another heart-beat with every CONNECTED.
    if (phase === 'online' || beat === null) {
      drop({ code: 'server-not-stomp', params: { ...addressee } })
      return
    }
    if (phase !== 'connecting') return
    if (frame.headers.version !== Versions.V1_2) {
      drop({ code: 'version-unsupported' })
      return
    }
    phase = 'online'
    const dialect = options.dialectOf(frame.headers)
    namesFrames = dialect.namesRefusals
    cancelDeadline()
    liveness = watchLiveness({
      clock,
      interval: beat === 0 ? idleInterval : beat,
      beats: beat !== 0,
      probe,
      lost: () => drop({ code: 'connection-lost' }),
    })
    if (poison.isSuspected()) watchForCleared()
    socket.ping?.()
    log.debug('session-connected', { server: frame.headers.server, beat })
    options.onConnected(dialect)
  }

  const failed = (frame: IFrame): void => {
    const error = errorFromFrame(frame, addressee, phase === 'connecting')
    if (phase === 'connecting') {
      drop(error)
      return
    }
    const { 'receipt-id': receiptId, subscription } = frame.headers
    if (receiptId !== undefined) {
      if (!receipts.refuse(receiptId, error)) complain(error)
    } else if (subscription !== undefined) {
      const known = subscriptions.get(subscription)
      if (known) known.renew()
      else complain(error)
    } else {
      errors.add({ error, suspects: namesFrames ? [] : receipts.ids(), tell: tellError })
    }
  }

  const client = new Client()
  client.webSocketFactory = () => observed
  client.stompVersions = new Versions([Versions.V1_2])
  client.connectHeaders = stompHeaders(withoutLineBreaks(options.connectHeaders))
  client.reconnectDelay = 0
  client.heartbeatOutgoing = heartBeat
  client.heartbeatIncoming = heartBeat
  // Its own watch asks the wall's clock, which may be set back; ours does not.
  client.heartbeatToleranceMultiplier = Number.POSITIVE_INFINITY
  client.discardWebsocketOnCommFailure = true
  client.onConnect = frame => {
    framed()
    connected(frame)
  }
  client.onStompError = frame => {
    framed()
    failed(frame)
  }
  client.onUnhandledReceipt = frame => {
    receipts.settle(frame.headers['receipt-id'] ?? '')
    framed(true)
  }
  client.onUnhandledMessage = () => framed()
  client.onHeartbeatReceived = () => framed()
  client.onUnhandledFrame = () => {
    framed()
    if (phase === 'connecting') drop({ code: 'server-not-stomp', params: { ...addressee } })
  }
  client.onWebSocketClose = () => {
    const wasOnline = phase === 'online'
    const isNews = finish('over')
    const last = errors.end()
    const end = last?.error ?? socket.failure ?? closedError()
    if (last?.destination !== undefined) poison.refuse(last.destination, last.error)
    receipts.end({ code: 'connection-lost' }, wasOnline ? poison.ended(end, receipts.unanswered()) : null)
    if (isNews) options.onEnded(end)
  }
  client.activate()

  return {
    subscribe(destination, headers, onMessage, onRefused) {
      if (phase !== 'online') return ignore
      const known = onRefused && poison.refusal(destination)
      if (known) {
        onRefused(known)
        return ignore
      }
      const subscription = openSubscription({
        clock,
        receipts,
        destination,
        request(self, receipt, id) {
          const requested = client.subscribe(
            destination,
            message => {
              framed()
              if (phase === 'online') onMessage(message)
            },
            stompHeaders({ ...headers, ...(id !== undefined && { id }), receipt }),
          )
          subscriptions.set(requested.id, self)
          return requested
        },
        onRefused(error) {
          if (phase !== 'online') return
          onRefused?.(error)
          errors.add({
            error,
            suspects: [],
            ...(onRefused ? { tell: ignore, destination } : { tell: tellError }),
          })
        },
      })
      return () => {
        if (phase === 'online') subscription.end()
      }
    },
    send: ({ destination, body, headers, contentType = 'application/json' }) =>
      new Promise((resolve, reject) => {
        if (phase !== 'online') {
          reject(new Failure('connection-lost'))
          return
        }
        receipts.send({
          frame: { command: 'SEND', destination, body },
          transmit(receipt) {
            client.publish({
              destination,
              ...(typeof body === 'string' ? { body } : { binaryBody: body }),
              headers: stompHeaders({ ...headers, receipt, 'content-type': contentType }),
            })
            return true
          },
          settle: resolve,
          refuse: error => reject(new Failure(error.code, error.params, error.detail)),
        })
      }),
    acknowledge({ headers: { ack, subscription } }) {
      if (phase === 'online' && ack !== undefined) client.ack(ack, subscription ?? '')
    },
    refuse: (receiptId, error) => receipts.refuse(receiptId, error),
    givesReceipts: () => receipts.given(),
    verify() {
      if (phase === 'online') liveness?.verify()
    },
    drop,
    async close() {
      const wasOnline = phase === 'online'
      finish('closing')
      const closed = client.deactivate({ force: !wasOnline })
      const cancel = clock.after(closeDeadline, () => void client.deactivate({ force: true }))
      await closed
      cancel()
    },
  }
}
