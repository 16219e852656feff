/** A broker in a process of its own, to be attacked: with the limits that it is given, over WebSocket and TCP. */
import { z } from 'zod'
import { Broker } from '../../../../main/broker/broker.ts'
import { listenTcp } from '../../../../main/broker/transport/listen-tcp.ts'
import { listenWs } from '../../../../main/broker/transport/listen-ws.ts'
import { silentLog } from '../log.ts'

const limits = z.record(z.string(), z.number()).parse(JSON.parse(process.argv[2] ?? '{}'))
const broker = new Broker({
  serverName: 'stompbox/1.2.3',
  log: silentLog,
  limits,
  hooks: { admit: () => ({ ok: true, principal: { id: 'somebody', name: 'somebody' } }) },
})
const at = { broker, bind: '127.0.0.1', port: 0 }
const [ws, tcp] = await Promise.all([listenWs(at), listenTcp(at)])

// Whoever asks is told what memory the process has; what is garbage does not count.
process.on('message', () => {
  globalThis.gc?.()
  // The memory of buffers is let go of after the collection: the next one waits for that.
  setImmediate(() => {
    globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    process.send?.({ resident: rss, held: heapUsed + external })
  })
})
process.on('disconnect', () => process.exit())
process.send?.({ port: ws.port, tcpPort: tcp.port })
