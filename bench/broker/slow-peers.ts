/**
 * Subscribers that read more slowly than messages arrive, as on a bad radio link; when the server cuts them off, they
 * reconnect.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { LoadConnection } from './load-connection.ts'
import { measureFanout, type FanoutFigures } from './load.ts'
import type { ServerProcess } from './server-process.ts'
import { plainTalk } from './talk.ts'

/** Milliseconds between two reads of at most 64 KiB: 1.6 MB a second. */
const readEvery = 40
/** The pause between a cut and the next attempt. Milliseconds. */
const pause = 200

class SlowPeer {
  readonly #port: number
  #connection: LoadConnection | null = null
  #ended = false

  constructor(port: number) {
    this.#port = port
  }

  async connect(): Promise<void> {
    const connection = await LoadConnection.open(this.#port)
    await connection.subscribe(plainTalk.destinationOf(0))
    connection.readEvery = readEvery
    connection.onClose = () => void this.#comeBack()
    this.#connection = connection
    if (this.#ended) connection.close()
  }

  end(): void {
    this.#ended = true
    this.#connection?.close()
  }

  /** Retries until the server accepts it again, or the load ends. */
  async #comeBack(): Promise<void> {
    await sleep(pause)
    if (!this.#ended) await this.connect().catch(() => this.#comeBack())
  }
}

/** @returns the deliveries to `fast` subscribers while `slow` others of the same topic lag behind. */
export const measureFanoutBesideSlow = async (
  server: ServerProcess,
  { fast, slow, seconds }: { fast: number; slow: number; seconds: number },
): Promise<FanoutFigures> => {
  const peers = Array.from({ length: slow }, () => new SlowPeer(server.port))
  await Promise.all(peers.map(peer => peer.connect()))
  const figures = await measureFanout(server, { subscribers: fast, topics: 1, seconds })
  for (const peer of peers) peer.end()
  return figures
}
