/** A broker under attack, in a process of its own, and a client that wants to be served meanwhile. */
import { fork, type ChildProcess } from 'node:child_process'
import { expect, vi } from 'vitest'
import { z } from 'zod'
import type { Limits } from '../../../../main/broker/options/limits.ts'
import { connectFrame, RawSocket } from '../raw-socket.ts'
import { until } from '../../../shared/core/until.ts'

const portsSchema = z.object({ port: z.number(), tcpPort: z.number() })
/** Bytes that the process has of the system, and those that are no garbage. */
const memorySchema = z.object({ resident: z.number(), held: z.number() })
type Memory = z.infer<typeof memorySchema>

/** The head of a WebSocket message of so many bytes, of which none has come yet. */
export const messageHead = (bytes: number): Buffer => {
  const head = Buffer.alloc(14)
  head[0] = 0x82
  head[1] = 0x80 | 127
  head.writeUInt32BE(bytes, 6)
  return head
}

const messageOf = (child: ChildProcess): Promise<unknown> =>
  new Promise(resolve => child.once('message', resolve))

/** What an attack may cost, whatever it sends; beside what is held there is what the allocator keeps. */
const allowance: Memory = { resident: 80 * 1024 * 1024, held: 56 * 1024 * 1024 }

export class AttackedBroker {
  readonly port: number
  readonly tcpPort: number
  readonly #process: ChildProcess
  #witnesses = 0

  private constructor(child: ChildProcess, ports: z.infer<typeof portsSchema>) {
    this.#process = child
    this.port = ports.port
    this.tcpPort = ports.tcpPort
  }

  static async start(limits: Partial<Limits>): Promise<AttackedBroker> {
    const child = fork(`${import.meta.dirname}/broker-process.ts`, [JSON.stringify(limits)], {
      execArgv: ['--expose-gc'],
    })
    return new AttackedBroker(child, portsSchema.parse(await messageOf(child)))
  }

  stop(): void {
    this.#process.kill('SIGKILL')
  }

  async memory(): Promise<Memory> {
    const answer = messageOf(this.#process)
    this.#process.send('memory')
    return memorySchema.parse(await answer)
  }

  /** @returns somebody on a TCP socket who is connected. */
  async connect(): Promise<RawSocket> {
    const raw = await RawSocket.open(this.tcpPort)
    raw.send(connectFrame)
    await raw.waitFor('CONNECTED')
    return raw
  }

  /** The same on a WebSocket. */
  async connectWs(): Promise<RawSocket> {
    const raw = await RawSocket.upgrade(this.port)
    raw.sendMessage(connectFrame)
    await raw.waitFor('CONNECTED')
    return raw
  }

  /** Attacks: the memory stays, and somebody else is served all the while, in order. */
  async withstands(attack: () => Promise<void>): Promise<void> {
    const before = await this.memory()
    const witness = await this.connect()
    const topic = `/topic/witness.${++this.#witnesses}`
    witness.send(`SUBSCRIBE\nid:w\ndestination:${topic}\n\n\0`)
    let served = 0
    const serve = async (): Promise<void> => {
      witness.send(`SEND\ndestination:${topic}\n\nword ${served}.\0`)
      await witness.waitFor(`\n\nword ${served}.\0`)
      served++
    }
    const over = new AbortController()
    const serving = (async () => {
      while (!over.signal.aborted) await serve()
    })()
    const most = { ...before }
    const measuring = (async () => {
      while (!over.signal.aborted) {
        const now = await this.memory()
        most.resident = Math.max(most.resident, now.resident)
        most.held = Math.max(most.held, now.held)
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    })()
    try {
      await attack()
    } finally {
      over.abort()
      await Promise.all([serving, measuring])
    }
    await serve()
    expect(most.resident - before.resident).toBeLessThan(allowance.resident)
    expect(most.held - before.held).toBeLessThan(allowance.held)
    const words = Array.from(witness.received.matchAll(/word (\d+)\./g), ([, word]) => Number(word))
    expect(words).toEqual(Array.from({ length: served }, (_, index) => index))
    witness.socket.destroy()
    await until(() => witness.closed)
  }
}

/** Waits until the peer was told why, and the connection is closed. */
export const expectRefusal = async (raw: RawSocket, reason: string): Promise<void> => {
  await raw.waitFor(reason)
  // The answer to the close frame, where this is a WebSocket.
  raw.send(Buffer.from([0x88, 0x80, 0, 0, 0, 0]))
  await raw.waitForClose()
  expect(raw.received).toContain('ERROR\nmessage:')
}

/** Sends as long as the other side takes it, or until the connection is closed. @returns the bytes that left. */
export const flood = async (raw: RawSocket, chunk: Uint8Array, bytes: number): Promise<number> => {
  const before = raw.socket.bytesWritten
  for (let sent = 0; sent < bytes && !raw.closed; sent += chunk.length)
    if (!raw.socket.write(chunk)) {
      const drained = vi.waitUntil(() => raw.closed || !raw.socket.writableNeedDrain, {
        interval: 1,
        timeout: 500,
      })
      if (!(await drained.then(Boolean, () => false))) break
    }
  return raw.socket.bytesWritten - before - raw.socket.writableLength
}
