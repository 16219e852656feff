/** Rooms that a web address lists: asked as the person, on the server's own host. */
import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { roomLists } from '../../../../main/network/web-request.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { serverAt, somebody } from '../people.ts'
import { politeScript, startScriptedServer } from '../scripted-server.ts'
import { until } from '../until.ts'

/** @returns the address of a web server, and what it is asked. */
const startWeb = async (): Promise<{
  url: (host: string, path: string) => string
  asked: IncomingMessage[]
}> => {
  const asked: IncomingMessage[] = []
  const http = createServer((request, response) => {
    asked.push(request)
    if (request.url === '/moved') response.writeHead(302, { location: '/rooms' }).end()
    else if (request.url === '/rooms')
      response.end(JSON.stringify({ data: [{ no: 7, title: '우리 반' }, { no: 'general' }, { title: '?' }] }))
    else response.end('<html>')
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => void http.close())
  return { asked, url: (host, path) => `http://${host}:${(http.address() as AddressInfo).port}${path}` }
}

const profileAt = (url: string) =>
  profileOf({
    connect: {
      handshake: [{ name: 'X-Team', value: '4반', secret: false }],
      token: { source: { from: 'field' } },
    },
    rooms: { source: { from: 'rest', url, list: 'data', id: 'no', name: 'title' } },
  })

const start = async () => {
  const server = await startScriptedServer(politeScript())
  onTestFinished(() => server.stop())
  return server
}

test('the rooms that a web address lists are there; it gets the token and the headers of the handshake', async () => {
  const [server, web] = await Promise.all([start(), startWeb()])
  const a = await somebody('지우', { roomLists })
  const profile = profileAt(web.url('127.0.0.1', '/rooms'))
  await a.messenger.commands.addServer({ ...serverAt(server.url), profile, secrets: { token: 'good' } })
  expect((await a.room('우리 반')).roomId).toBe('7')
  expect((await a.room('general')).roomId).toBe('general')
  const headers = web.asked[0]?.headers
  expect(headers?.authorization).toBe('Bearer good')
  expect(Buffer.from(String(headers?.['x-team']), 'latin1').toString()).toBe('4반')
})

test('another host is asked without secrets', async () => {
  const [server, web] = await Promise.all([start(), startWeb()])
  const a = await somebody('지우', { roomLists })
  const profile = profileAt(web.url('localhost', '/rooms'))
  await a.messenger.commands.addServer({ ...serverAt(server.url), profile, secrets: { token: 'good' } })
  await a.room('우리 반')
  const headers = web.asked[0]?.headers
  expect([headers?.authorization, headers?.['x-team']]).toEqual([undefined, undefined])
})

test.for(['/moved', '/page'])('an answer without rooms is told (%s); no redirect is followed', async path => {
  const [server, web] = await Promise.all([start(), startWeb()])
  const a = await somebody('지우', { roomLists })
  const profile = profileAt(web.url('127.0.0.1', path))
  await a.messenger.commands.addServer({ ...serverAt(server.url), profile, secrets: { token: 'good' } })
  await until(() => expect(a.errors()).toContain('rooms-unlisted'))
  expect(web.asked.map(({ url }) => url)).toEqual([path])
  expect(a.connection().phase).toBe('online')
})
