/** Entry of the host's own thread. */
import { parentPort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { toAppError, type Result } from '../../../shared/contract/errors.ts'
import { openHost } from '../host.ts'
import type { HostLog, RunningHost } from '../ports/options.ts'
import type { HostOwner, HostThread } from './thread-messages.ts'

const port = parentPort
if (!port) throw new Error('host/thread/worker.ts is the entry of a worker thread')

let host: RunningHost | undefined
let stopMeasuring: (() => void) | undefined

const result = async <Value>(run: () => Promise<Value>): Promise<Result<Value>> => {
  try {
    return { ok: true, value: await run() }
  } catch (thrown) {
    return { ok: false, error: toAppError(thrown) }
  }
}

const thread: HostThread = {
  open: options =>
    result(async () => {
      host = await openHost({ ...options, log })
      host.onPeopleChanged(people => void owner.peopleChanged.asEvent(people))
      return { port: host.port, ws: host.ws, tcp: host.tcp, fingerprint: host.fingerprint }
    }),
  setPasscode: passcode =>
    result(async () => {
      await host?.setPasscode(passcode)
      return null
    }),
  introduce: runner =>
    result(async () => {
      await host?.introduce(runner)
      return null
    }),
  measure: on => {
    stopMeasuring?.()
    stopMeasuring = on ? host?.onMeasured(measure => void owner.measured.asEvent(measure)) : undefined
  },
  stop: async () => {
    await host?.stop()
  },
}

const owner = createBirpc<HostOwner, HostThread>(thread, {
  post: message => port.postMessage(message),
  on: listener => port.on('message', listener),
})

const log: HostLog = {
  info: (event, fields) => void owner.log.asEvent('info', event, fields),
  error: (event, fields) => void owner.log.asEvent('error', event, fields),
}
