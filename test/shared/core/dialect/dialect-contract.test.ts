import { onTestFinished } from 'vitest'
import { createDialects } from '../../../../shared/core/dialect/dialects.ts'
import { stompbox } from '../../../../shared/core/dialect/stompbox.ts'
import { startListening } from '../../../main/broker/listening.ts'
import { startHost } from '../people.ts'
import { startScriptedServer } from '../scripted-server.ts'
import { dialectContract } from './dialect-contract.ts'
import { lines, linesScript } from './lines-dialect.ts'

dialectContract('stompbox', {
  connected: { server: 'stompbox/0.0.0' },
  start: async () => (await startHost()).ws,
})

dialectContract('generic', {
  connected: { server: 'plain/1.0' },
  start: async () => (await startListening({}, { serverName: 'plain/1.0' })).url,
})

dialectContract('that a test has made up', {
  dialects: createDialects([stompbox, lines]),
  connected: { server: 'lines/1' },
  async start() {
    const server = await startScriptedServer(linesScript())
    onTestFinished(() => server.stop())
    return server.url
  },
})
