/** Two people on one host: Ada, in a process of her own and behind a proxy, meets the faults; Bob watches and talks. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Step } from '../../main/host/history/steps.ts'
import { connectStompjs, subscribeStompjs } from '../main/broker/stompjs.ts'
import { startPaused, type PausedHost } from '../main/host/start-paused.ts'
import { MessengerProcess } from './messenger-process.ts'
import { messengerHere, Person } from './person.ts'
import { TcpProxy } from './tcp-proxy.ts'

const contentSchema = z.object({ content: z.string() })

export class World implements AsyncDisposable {
  readonly ada: Person
  readonly bob: Person
  /** Ada's messenger. */
  readonly messenger: MessengerProcess
  /** Ada's link. */
  readonly link: TcpProxy
  /** Bob's link, which only follows the host. */
  readonly #calm: TcpProxy
  readonly #folder: string
  readonly #owned: AsyncDisposableStack
  #host: PausedHost

  private constructor(
    parts: { messenger: MessengerProcess; ada: Person; bob: Person; link: TcpProxy; calm: TcpProxy },
    host: PausedHost,
    folder: string,
    owned: AsyncDisposableStack,
  ) {
    this.ada = parts.ada
    this.bob = parts.bob
    this.messenger = parts.messenger
    this.link = parts.link
    this.#calm = parts.calm
    this.#host = host
    this.#folder = folder
    this.#owned = owned
  }

  /** @param clockOff milliseconds that Ada's wall clock is ahead. */
  static async make(clockOff = 0): Promise<World> {
    await using making = new AsyncDisposableStack()
    const folder = await mkdtemp(join(tmpdir(), 'stompbox-faults-'))
    making.defer(() => rm(folder, { recursive: true, force: true }))
    const link = making.use(await TcpProxy.open())
    const calm = making.use(await TcpProxy.open())
    const host = await startPaused(join(folder, 'host'))
    const messenger = making.use(new MessengerProcess({ folder: join(folder, 'ada'), clockOff }))
    const [here] = await Promise.all([messengerHere(), messenger.start()])
    making.use(here)
    const parts = { messenger, link, calm, ada: new Person('Ada', messenger), bob: new Person('Bob', here) }
    const world = new World(parts, host, folder, making.move())
    world.#follow()
    await Promise.all([world.ada.enter(world.#at(link)), world.bob.enter(world.#at(calm))])
    return world
  }

  async restartHost(): Promise<void> {
    await this.#host.kill()
    await this.#startHost('none', 0)
  }

  /** The host stands still at this step, is killed there, and starts again. */
  async killHostAt(step: Step, count: number): Promise<void> {
    await this.#host.kill()
    await this.#startHost(step, count)
    await this.#host.paused
    await this.#host.kill()
    await this.#startHost('none', 0)
  }

  /** @returns the texts that the host has, in the order of their offsets. */
  async kept(): Promise<string[]> {
    const client = await connectStompjs(this.#host.ws)
    try {
      const messages = await subscribeStompjs(client, '/topic/room.general', { 'x-stream-offset': 'first' })
      // The RECEIPT may come before the history; a marker of one's own would be a message more.
      const last = await subscribeStompjs(client, '/topic/room.general', { 'x-stream-offset': 'last' })
      const end = (): string | undefined => last.at(-1)?.headers['x-stream-offset']
      while (messages.at(-1)?.headers['x-stream-offset'] !== end()) await new Promise(setImmediate)
      return messages.map(({ body }) => contentSchema.parse(JSON.parse(body)).content)
    } finally {
      await client.deactivate()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync()
    await this.#host.kill()
  }

  async #startHost(step: Step | 'none', count: number): Promise<void> {
    this.#host = await startPaused(join(this.#folder, 'host'), step, count)
    this.#follow()
  }

  /** The host may have got another port. */
  #follow(): void {
    const { port } = new URL(this.#host.ws)
    for (const link of [this.link, this.#calm]) link.aim(Number(port))
  }

  #at(link: TcpProxy): string {
    return `ws://127.0.0.1:${link.port}${new URL(this.#host.ws).pathname}`
  }
}
