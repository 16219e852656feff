/** The broker alone, over WebSocket, for whoever comes. Run as a process of its own. */
import { createBroker } from '../../main/broker/broker.ts'
import { listenWs } from '../../main/broker/listen-ws.ts'

const broker = createBroker({
  serverName: 'stompbox/bench',
  log: { info: () => undefined, error: (event, fields) => console.error(event, fields) },
  limits: { connections: 10_000, connectionsPerAddress: 10_000, sendRate: 0 },
  hooks: { admit: () => ({ ok: true, principal: { id: 'bench', name: 'bench' } }) },
})
const { port } = await listenWs({ broker, bind: '127.0.0.1', port: 0 })
console.log(JSON.stringify({ ready: true, port }))
