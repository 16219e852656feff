/** Ports of a messenger that ends its process, as a crash does, at a named point of a message's way. */
import type { MessageCache, Ports, Socket } from '../../shared/core/ports.ts'

/**
 * Before and after the outbox has a message on disk; when its SEND is on the socket; when its RECEIPT is there and nobody has read it yet;
 * while a batch of messages is being written.
 */
export type Death = 'before-commit' | 'after-commit' | 'after-send' | 'before-receipt' | 'ingest'

/** The fewest messages of a batch that is worth dying in. */
const fewest = 20
/** The most milliseconds between the start of a batch and the end of the process. */
const longestIngest = 12

const die = (): void => void process.kill(process.pid, 'SIGKILL')

/** Lets the cache's thread work for a while, and this one not. */
const dieMeanwhile = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * longestIngest)
  die()
}

const isFrame = (data: unknown, command: string): boolean => {
  const text =
    typeof data === 'string' ? data : data instanceof ArrayBuffer ? Buffer.from(data).toString() : ''
  return text.startsWith(`${command}\n`)
}

export interface DyingPorts extends Pick<Ports, 'cache' | 'sockets'> {
  /** The process ends when this point is reached for the `count`th time from now. */
  arm(death: Death, count: number): void
}

export const dyingPorts = ({ cache, sockets }: Pick<Ports, 'cache' | 'sockets'>): DyingPorts => {
  let armed: Death | null = null
  let left = 0
  const reach = (death: Death, end = die): void => {
    if (death === armed && --left === 0) end()
  }

  const writing: Pick<MessageCache, 'queueMessage' | 'storeMessages'> = {
    async queueMessage(message) {
      reach('before-commit')
      const stored = await cache.queueMessage(message)
      reach('after-commit')
      return stored
    },
    storeMessages(arrived) {
      const stored = cache.storeMessages(arrived)
      if (arrived.length >= fewest) reach('ingest', dieMeanwhile)
      return stored
    },
  }

  /** Watches what passes through the socket. */
  const watch = (socket: Socket): Socket =>
    new Proxy(socket, {
      get(target, name) {
        if (name === 'send')
          return (data: Parameters<Socket['send']>[0]) => {
            target.send(data)
            if (isFrame(data, 'SEND')) setImmediate(() => reach('after-send'))
          }
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? (value.bind(target) as unknown) : value
      },
      set(target, name, value: unknown) {
        if (name !== 'onmessage' || typeof value !== 'function') return Reflect.set(target, name, value)
        target.onmessage = event => {
          if (isFrame(event.data, 'RECEIPT')) reach('before-receipt')
          Reflect.apply(value, socket, [event])
        }
        return true
      },
    })

  return {
    cache: Object.assign(Object.create(cache) as MessageCache, writing),
    sockets: { open: (...given) => watch(sockets.open(...given)) },
    arm(death, count) {
      armed = death
      left = count
    },
  }
}
