/**
 * Loaded into every thread of a host that stands still at a step of a message's way, to be killed there. The step, and how often it has to
 * come, are in the environment.
 */
import { subscribe } from 'node:diagnostics_channel'
import { writeSync } from 'node:fs'
import { env } from 'node:process'

let left = Number(env.PAUSE_COUNT)

subscribe('stompbox:chat-message', name => {
  if (name !== env.PAUSE_STEP) return
  left -= 1
  if (left !== 0) return
  writeSync(1, 'paused\n')
  // For ever: nothing more leaves this thread.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
})
