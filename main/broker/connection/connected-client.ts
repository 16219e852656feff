import type { Connection } from './connection.ts'
import type { Client, OutgoingMessage, Principal, Refusal } from '../options/hooks.ts'

/** The application's view of a connection. */
export class ConnectedClient implements Client {
  readonly principal: Principal
  readonly connectedAt = Date.now()
  readonly #connection: Connection

  constructor(connection: Connection, principal: Principal) {
    this.#connection = connection
    this.principal = principal
  }

  get id(): string {
    return this.#connection.id
  }

  get address(): string {
    return this.#connection.transport.address
  }

  sendToUser(destination: string, message: OutgoingMessage): boolean {
    return this.#connection.sendToUser(destination, message)
  }

  subscribes(destination: string): boolean {
    return this.#connection.subscriptions.to(destination) !== undefined
  }

  destinations(): string[] {
    return this.#connection.subscriptions.destinations()
  }

  endSubscriptions(matches: (destination: string) => boolean): void {
    this.#connection.subscriptions.end(matches)
  }

  close(refusal: Refusal): void {
    this.#connection.fail(refusal)
  }
}
