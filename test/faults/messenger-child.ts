/** A messenger in a process of its own, on the real cache thread, the real key file and real sockets; told what to do over IPC. */
import { join } from 'node:path'
import { openCache } from '../../main/cache/client.ts'
import { openCredentials } from '../../main/files/credentials.ts'
import { createSocketFactory } from '../../main/network/sockets.ts'
import { ids } from '../../main/app/ids.ts'
import { clock } from '../../main/app/clock.ts'
import { createMessenger } from '../../shared/core/commands/messenger.ts'
import type { Log } from '../../shared/core/ports.ts'
import { plainSeal } from '../main/plain-seal.ts'
import { workerUrl } from '../main/cache/writing.ts'
import { dyingPorts } from './dying-ports.ts'
import type { Request, Setting } from './messenger-process.ts'

const { folder, clockOff } = JSON.parse(process.argv[2] ?? '{}') as Setting

const quiet = (): void => undefined
const log: Log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const { cache } = await openCache({ file: join(folder, 'cache.db'), worker: workerUrl })
const dying = dyingPorts({ cache, sockets: createSocketFactory(log) })
const messenger = createMessenger({
  ...dying,
  clock: { ...clock, now: () => clock.now() + clockOff },
  ids,
  secrets: await openCredentials(folder, plainSeal, log),
  log,
})
await messenger.start()

const run = ({ name, input }: Extract<Request, { call: number }>): Promise<unknown> => {
  if (name === 'state') return Promise.resolve(messenger.state())
  const command = messenger.commands[name] as (input: unknown) => Promise<unknown>
  return command(input)
}

process.on('message', (request: Request) => {
  if ('arm' in request) dying.arm(request.arm, request.count)
  else
    run(request).then(
      value => process.send?.({ call: request.call, value }),
      (thrown: unknown) => process.send?.({ call: request.call, error: String(thrown) }),
    )
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
