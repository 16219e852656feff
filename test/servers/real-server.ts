/** The servers of `scripts/servers.sh`. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll } from 'vitest'
import { z } from 'zod'

const script = new URL('../../scripts/servers.sh', import.meta.url).pathname
/** Where servers keep what is theirs; `scripts/servers.mjs` ends those that a test left running there. */
const folder = process.env.SERVERS_FOLDER ?? tmpdir()

const call = async (...args: string[]): Promise<string> => (await promisify(execFile)(script, args)).stdout

const lacking = z.object({ code: z.literal(3), stderr: z.string() })

/**
 * Installs servers, unless `scripts/servers.mjs` has found that this computer can't have one.
 * @returns whether this computer has what they need; otherwise a sentence on stderr says what to install.
 */
export const areInstalled = async (...names: string[]): Promise<boolean> => {
  const leftOut = process.env.SERVERS_LEFT_OUT?.split(' ') ?? []
  if (names.some(name => leftOut.includes(name))) return false
  try {
    for (const name of names) await call(name, 'install')
    return true
  } catch (thrown) {
    const { success, data } = lacking.safeParse(thrown)
    if (!success) throw thrown
    process.stderr.write(data.stderr)
    return false
  }
}

/** One address for each node. */
const addressesSchema = z.object({
  ws: z.array(z.string()).min(1),
  tcp: z.array(z.string()).default([]),
  http: z.string().default(''),
})

export class RealServer {
  readonly #name: string
  readonly #options: () => string[]
  #dir = ''
  #addresses: z.infer<typeof addressesSchema> = { ws: [], tcp: [], http: '' }

  /** @param options of `scripts/servers/NAME.sh`; asked at each start. */
  constructor(name: string, options: () => string[] = () => []) {
    this.#name = name
    this.#options = options
  }

  /** WebSocket addresses. */
  get ws(): readonly string[] {
    return this.#addresses.ws
  }

  /** Addresses of STOMP over TCP. */
  get tcp(): readonly string[] {
    return this.#addresses.tcp
  }

  /** The address of its web pages; empty for a server without any. */
  get http(): string {
    return this.#addresses.http
  }

  /** Starts it; one that was stopped or killed, at the same addresses and with its data. */
  async start(): Promise<void> {
    if (this.#dir === '') this.#dir = await mkdtemp(join(folder, `${this.#name}-`))
    this.#addresses = addressesSchema.parse(JSON.parse(await this.#call('start')))
  }

  async stop(): Promise<void> {
    await this.#call('stop')
  }

  /** Ends it without a goodbye. @param process one of its processes alone, such as a node of a cluster. */
  async kill(process?: string): Promise<void> {
    await this.#call('kill', ...(process === undefined ? [] : ['--process', process]))
  }

  /** Removes a stopped server. */
  async remove(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true })
  }

  #call(action: string, ...more: string[]): Promise<string> {
    return call(this.#name, action, '--dir', this.#dir, ...more, ...this.#options())
  }
}

/** A new server for the tests of a `describe` or a file. */
export const useServer = (...given: ConstructorParameters<typeof RealServer>): RealServer => {
  const server = new RealServer(...given)
  beforeAll(() => server.start())
  afterAll(async () => {
    await server.stop()
    await server.remove()
  })
  return server
}
