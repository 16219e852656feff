/** The servers of `scripts/servers.sh`. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import { z } from 'zod'

const script = new URL('../../scripts/servers.sh', import.meta.url).pathname

const addressesSchema = z.object({
  /** One for each node. */
  ws: z.array(z.string()).min(1),
  tcp: z.array(z.string()).default([]),
})

export interface RealServer extends z.infer<typeof addressesSchema> {
  /** Starts a server that was stopped or killed, at the same addresses and with its data. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Ends it without a goodbye. */
  kill(): Promise<void>
}

const lacking = z.object({ code: z.literal(3), stderr: z.string() })

/**
 * Starts a new server, which ends with the test file.
 * @param options of `scripts/servers/NAME.sh`.
 * @returns null if this computer lacks what the server needs; a sentence on stderr says so.
 */
export const startServer = async (name: string, ...options: string[]): Promise<RealServer | null> => {
  const dir = await mkdtemp(join(tmpdir(), `stompbox-${name}-`))
  const call = async (action: string): Promise<string> =>
    (await promisify(execFile)(script, [name, action, '--dir', dir, ...options])).stdout
  const run = async (action: string): Promise<void> => {
    await call(action)
  }
  afterAll(async () => {
    await run('stop')
    await rm(dir, { recursive: true, force: true })
  }, 60_000)
  try {
    const addresses = addressesSchema.parse(JSON.parse(await call('start')))
    return {
      ...addresses,
      start: () => run('start'),
      stop: () => run('stop'),
      kill: () => run('kill'),
    }
  } catch (thrown) {
    const { success, data } = lacking.safeParse(thrown)
    if (!success) throw thrown
    process.stderr.write(data.stderr)
    return null
  }
}
