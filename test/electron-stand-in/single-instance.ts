/** The lock that lets one instance per user data folder run, and tells it of those that came later. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { z } from 'zod'

const secondInstanceSchema = z.object({
  argv: z.array(z.string()),
  cwd: z.string(),
  data: z.unknown().optional(),
})
/** What a second instance was started with. */
export type SecondInstance = z.infer<typeof secondInstanceSchema>

/** Passes its first argument to the socket named by its second; ends with 0 where somebody took it. */
const passOn = `const c = require('node:net').connect(process.argv[2], () => c.end(process.argv[1]))
c.on('close', () => process.exit(0)).on('error', () => process.exit(1))`

export class SingleInstanceLock {
  #server: Server | undefined

  get isHeld(): boolean {
    return this.#server !== undefined
  }

  /** @returns whether this is the first instance; where it is not, the first has been told of `instance`. */
  request(socketPath: string, instance: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.#server) return true
    if (existsSync(socketPath)) {
      // Electron answers synchronously, so a child process has to ask.
      const asked = spawnSync(process.execPath, ['-e', passOn, '--', JSON.stringify(instance), socketPath], {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        timeout: 5000,
      })
      if (asked.status === 0) return false
      rmSync(socketPath, { force: true })
    }
    this.#server = createServer({ allowHalfOpen: true }, socket => {
      let text = ''
      socket.setEncoding('utf8')
      socket.on('data', (chunk: string) => (text += chunk))
      socket.on('end', () => {
        socket.end()
        onSecond(secondInstanceSchema.parse(JSON.parse(text)))
      })
    })
      .listen(socketPath)
      .unref()
    return true
  }

  release(): void {
    this.#server?.close()
    this.#server = undefined
  }
}
