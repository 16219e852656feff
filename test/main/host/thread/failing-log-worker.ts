/** A log thread that ends, without a word, when it is to store something. */
import { parentPort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import type { LogCalls } from '../../../../main/host/history/log-thread.ts'

const calls: LogCalls = {
  ready: () => undefined,
  append: () => process.exit(3),
  trim: () => ({ ok: true, value: false }),
  purge: () => ({ ok: true, value: false }),
  close: () => process.exit(),
}

createBirpc<Record<string, never>, LogCalls>(calls, {
  post: message => parentPort?.postMessage(message),
  on: listener => parentPort?.on('message', listener),
})
