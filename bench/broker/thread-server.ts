/** A process like the app's: a host on a thread, and a main thread that answers the window. */
import { rmSync } from 'node:fs'
import { openHostThread } from '../../main/host/thread/thread.ts'
import { makeDataFolder } from './server-process.ts'

const dataDir = makeDataFolder()
const host = await openHostThread(
  {
    bind: '127.0.0.1',
    port: 0,
    dataDir,
    logWorker: new URL('../../main/host/history/worker.ts', import.meta.url).href,
    passcode: null,
    name: 'bench',
    version: '0.0.0',
    sendBytes: 0,
    limits: { sendRate: 0, connections: 0 },
    log: { info: () => undefined, error: (event, fields) => console.error(event, fields) },
  },
  {
    worker: new URL('../../main/host/thread/worker.ts', import.meta.url),
    onFailed: ({ code }) => console.error(code),
  },
)
process.on('message', message => process.send?.(message))
process.once('disconnect', () => {
  void host.stop().finally(() => rmSync(dataDir, { recursive: true, force: true }))
})
process.send?.(host.port)
