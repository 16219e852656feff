/**
 * Incoming messages of one server, in three stages: prepare (decode by the dialect), write to the cache, then announce.
 */
import type { AppError } from '../../contract/errors.ts'
import type { Message, RoomKey, ServerId } from '../../contract/model.ts'
import type { Dialect, ReceivedFrame } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { ArrivedMessage, Ports, Stored } from '../ports.ts'
import { createEchoes } from './echoes.ts'
import { Inbox } from './inbox.ts'

export interface ArrivalsOptions {
  ports: Ports
  state: KnownState
  serverId: ServerId
  /** An own message was seen in its room, which has changed it. */
  onOwn: (message: Message) => void
  /** A message is new. */
  onNew: (message: Message) => void
  /** As {@link import('./inbox.ts').InboxOptions.onFailing}. */
  onFailing: (error: AppError) => void
}

export class Arrivals {
  readonly #options: ArrivalsOptions
  readonly #echoes = createEchoes()
  readonly #inbox: Inbox

  constructor(options: ArrivalsOptions) {
    this.#options = options
    this.#inbox = new Inbox({
      cache: options.ports.cache,
      onStored: stored => this.#tell(stored),
      onFailing: options.onFailing,
    })
  }

  /** Takes a MESSAGE of a room. @param onKept is called when it is stored. */
  readonly take = (room: RoomKey, frame: ReceivedFrame, dialect: Dialect, onKept: () => void): void => {
    const { state, serverId, ports } = this.#options
    const { clock, ids } = ports
    const name = state.person()?.name ?? ''
    const { connect, identity } = state.server(serverId)?.profile ?? {}
    const context = { room, name, now: clock.now(), nextId: () => ids.next() }
    const names = [name, connect?.login, identity?.nickname].filter(each => typeof each === 'string')
    const self = { names, id: identity?.userId ?? null }
    const recognise = (message: ArrivedMessage): ArrivedMessage => this.#echoes.recognise(message, self)
    this.#inbox.add({
      room,
      units: frame.body.length,
      message: dialect.decode(frame, context),
      finish: dialect.keepsIds ? same : recognise,
      onKept,
    })
  }

  /** Expects an own message that the server may send back without its id. */
  expectEcho(message: Message): void {
    this.#echoes.sent(message, this.#options.ports.clock.now())
  }

  /** As {@link Inbox.flush}. */
  flush(): Promise<void> {
    return this.#inbox.flush()
  }

  #tell(stored: Stored): void {
    const { state, onOwn, onNew } = this.#options
    state.takeStored(stored)
    for (const { message, change } of stored.changed) {
      if (message.own) onOwn(message)
      if (change === 'new') onNew(message)
    }
  }
}

const same = (message: ArrivedMessage): ArrivedMessage => message
