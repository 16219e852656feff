/** A host in a process of its own that writes its address. Argument: its folder. */
import { writeSync } from 'node:fs'
import { openHost } from '../../../main/host/host.ts'

const [dataDir = ''] = process.argv.slice(2)
const log = { info: () => undefined, error: () => undefined }
const host = await openHost({
  bind: '127.0.0.1',
  port: 0,
  dataDir,
  logWorker: new URL('../../../main/host/history/worker.ts', import.meta.url).href,
  passcode: null,
  name: 'Box',
  version: '0.0.0',
  log,
})
writeSync(1, `${host.ws}\n`)
