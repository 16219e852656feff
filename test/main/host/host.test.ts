import { createConnection, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openHost } from '../../../main/host/host.ts'
import { connectStompjs } from '../broker/stompjs.ts'
import { bodies, connect, hostOptions, person, startHost } from './fixture.ts'
import { temporaryFolder } from './temporary-folder.ts'

const codeOf = (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : thrown),
  )

test('CONNECTED identifies the host and the person', async () => {
  const { ws, port } = await startHost()
  expect(ws).toBe(`ws://127.0.0.1:${port}/stomp`)
  const socket = new WebSocket(ws, 'v12.stomp')
  onTestFinished(() => socket.close())
  socket.onopen = () => socket.send('CONNECT\naccept-version:1.2\nhost:x\nlogin:Ada\n\n\0')
  const frame = await new Promise<string>(resolve => {
    socket.onmessage = ({ data }) => resolve(String(data))
  })
  expect(frame.split('\n')).toEqual(
    expect.arrayContaining(['CONNECTED', 'version:1.2', 'server:stompbox/1.2.3', 'host-name:지우의 상자']),
  )
  expect(frame).toMatch(/^person-id:.{21}$/m)
})

test('STOMP over plain TCP is available on request', async () => {
  const host = await startHost({ tcpPort: 0 })
  const port = Number(/^stomp:\/\/127\.0\.0\.1:(\d+)$/.exec(host.tcp ?? '')?.[1])
  const ada = await connect(host.ws, { login: 'Ada' })
  const heard = await ada.subscribe('/topic/room.general')
  const socket = createConnection(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('CONNECT\naccept-version:1.2\nhost:x\nlogin:Bob\n\n\0')
  socket.write('SEND\ndestination:/app/chat/message\n\n{"roomId":"general","content":"안녕"}\0')
  await expect.poll(() => bodies(heard)).toMatchObject([{ sender: 'Bob', content: '안녕' }])
  expect((await startHost()).tcp).toBeNull()
})

test('if the second port is in use, the first one is released', async () => {
  const first = await startHost({ tcpPort: 0 })
  const taken = Number(first.tcp?.split(':').at(-1))
  const dataDir = temporaryFolder()
  expect(await codeOf(openHost(hostOptions({ tcpPort: taken, dataDir })))).toBe('port-in-use')
  await startHost({ dataDir })
})

test('the host reports people who come and go', async () => {
  const host = await startHost()
  const told: string[][] = []
  host.onPeopleChanged(people => told.push(people.map(({ name }) => name)))
  const ada = await connect(host.ws, { login: 'Ada' })
  await connect(host.ws, { login: 'Bob' })
  await expect.poll(() => told.at(-1)).toEqual(['Ada', 'Bob'])
  expect(host.people()[0]).toMatchObject({ name: 'Ada', address: '127.0.0.1' })
  expect(Math.abs((host.people()[0]?.since ?? 0) - Date.now())).toBeLessThan(60_000)
  await ada.client.deactivate()
  await expect.poll(() => told.at(-1)).toEqual(['Bob'])
})

test('the network needs a passcode, this computer does not', async () => {
  expect(await codeOf(openHost(hostOptions({ bind: '0.0.0.0' })))).toBe('passcode-missing')
  expect(await codeOf(openHost(hostOptions({ bind: '0.0.0.0', passcode: '  ' })))).toBe('passcode-missing')
  expect(await codeOf(openHost(hostOptions({ bind: '0.0.0.0', passcode: ' 1234567 ' })))).toBe(
    'passcode-short',
  )
  const open = await startHost({ bind: '0.0.0.0', passcode: '7K3M-Q01T-2BVN-H4DR' })
  await expect(open.setPasscode(null)).rejects.toThrow('passcode-missing')
  const url = `ws://127.0.0.1:${open.port}/stomp`
  await expect(connectStompjs(url, { login: 'Ada' })).rejects.toThrow('requires a passcode')
  await expect(connectStompjs(url, { login: 'Ada', passcode: 'no' })).rejects.toThrow('passcode is wrong')
  await connect(url, { login: 'Ada', passcode: '7k3m q01t 2bvn h4dr' })
})

test('a new passcode applies to new connections; existing ones stay', async () => {
  const host = await startHost({ passcode: 'first one' })
  const ada = await connect(host.ws, { login: 'Ada', passcode: 'first one' })
  await host.setPasscode('second one')
  await expect(connectStompjs(host.ws, { passcode: 'first one' })).rejects.toThrow('passcode is wrong')
  await connect(host.ws, { passcode: 'second one' })
  await ada.send('/app/chat/message', { roomId: 'general', content: 'still here' })
})

test('a claimed name is refused with a code', async () => {
  const { ws } = await startHost()
  await connect(ws, { login: 'Ada', 'device-key': 'ada-device-key-0123456789' })
  await expect(connectStompjs(ws, { login: 'ada' })).rejects.toThrow('is taken')
})

test('claiming a name closes all other connections under it', async () => {
  const { ws } = await startHost()
  const ended: string[] = []
  const listen = ({ client }: Awaited<ReturnType<typeof connect>>, who: string) => {
    client.onStompError = ({ headers }) => ended.push(`${who}: ${headers.code}`)
  }
  listen(await connect(ws, { login: 'ada' }), 'a guest')
  const mallory = { 'device-key': 'the device key of Mallory' }
  listen(await connect(ws, { login: 'Ada', ...mallory }), 'who claimed it')
  await expect.poll(() => ended).toEqual(['a guest: name-taken'])
  // The name is free again, but for the connection that is still there.
  const other = await connect(ws, { login: 'Mallory', ...mallory })
  listen(other, 'the same person')
  expect(ended).toHaveLength(1)
  const ada = await person(ws, 'Ada')
  listen(ada, 'the new one')
  await expect.poll(() => ended).toEqual(['a guest: name-taken', 'who claimed it: name-taken'])
  await person(ws, 'Ada')
  for (const talker of [ada, other])
    await talker.send('/app/chat/message', { roomId: 'general', content: 'still here' })
})

test('a port in use, a foreign address and a folder in use are reported', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  const dataDir = temporaryFolder()
  expect(await codeOf(openHost(hostOptions({ port, dataDir })))).toBe('port-in-use')
  expect(await codeOf(openHost(hostOptions({ bind: '192.0.2.1', passcode: 'long enough', dataDir })))).toBe(
    'address-invalid',
  )
  await startHost({ dataDir })
  expect(await codeOf(openHost(hostOptions({ dataDir })))).toBe('cache-locked')
})

test('a host that stops has stored and confirmed everything received, and says goodbye', async () => {
  const dataDir = temporaryFolder()
  const host = await startHost({ dataDir })
  const ada = await connect(host.ws, { login: 'Ada' })
  const goodbye = new Promise<string | undefined>(resolve => {
    ada.client.onStompError = frame => resolve(frame.headers.message)
  })
  const confirmed: number[] = []
  for (let index = 0; index < 50; index += 1) {
    void ada
      .send('/app/chat/message', { roomId: 'general', content: `${index}` })
      .then(() => confirmed.push(index))
  }
  await expect.poll(() => confirmed.length).toBeGreaterThan(0)
  await Promise.all([host.stop(), host.stop()])
  expect(await goodbye).toContain('closing')
  const again = await startHost({ dataDir })
  const bob = await connect(again.ws, { login: 'Bob' })
  const heard = await bob.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => heard.length).toBeGreaterThanOrEqual(confirmed.length)
})
