/** A broker that really listens, for one test. */
import { onTestFinished } from 'vitest'
import { Broker, type BrokerOptions } from '../../../main/broker/broker.ts'
import type { TlsIdentity } from '../../../main/broker/transport/listen-socket.ts'
import { listenTcp } from '../../../main/broker/transport/listen-tcp.ts'
import { listenWs } from '../../../main/broker/transport/listen-ws.ts'
import { silentLog } from './log.ts'

/** @returns the broker, and the ports of its listeners; they close when the test has finished. */
export const startListening = async (
  hooks: Partial<BrokerOptions['hooks']> = {},
  options: Partial<BrokerOptions> & { allowedHosts?: string[]; bind?: string; tls?: TlsIdentity } = {},
): Promise<{ broker: Broker; port: number; tcpPort: number; url: string }> => {
  const broker = new Broker({
    serverName: 'stompbox/1.2.3',
    log: silentLog,
    hooks: {
      admit: ({ login }) => ({ ok: true, principal: { id: login ?? '', name: login ?? '' } }),
      ...hooks,
    },
    ...options,
  })
  const at = { broker, bind: options.bind ?? '127.0.0.1', port: 0, tls: options.tls }
  const [ws, tcp] = await Promise.all([
    listenWs({ ...at, allowedHosts: options.allowedHosts }),
    listenTcp(at),
  ])
  onTestFinished(async () => {
    await broker.close({ message: 'The test is over' })
    await Promise.all([ws.close(), tcp.close()])
  })
  return { broker, port: ws.port, tcpPort: tcp.port, url: `ws://127.0.0.1:${ws.port}/stomp` }
}
