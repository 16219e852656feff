/** A host in a process of its own that stands still at a step of a message's way, to be killed there. Arguments: folder, step, count. */
import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'
import { openHost } from '../../../main/host/host.ts'

const [dataDir = '', step = '', count = ''] = process.argv.slice(2)
let left = Number(count)

const say = (word: string): void => void writeSync(1, `${word}\n`)

subscribe('stompbox:chat-message', name => {
  if (name !== step) return
  left -= 1
  if (left !== 0) return
  say('paused')
  // For ever: nothing more leaves this process.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})

const log = { info: () => undefined, error: () => undefined }
const host = await openHost({
  bind: '127.0.0.1',
  port: 0,
  dataDir,
  passcode: null,
  name: 'Box',
  version: '0.0.0',
  log,
})
say(host.ws)
