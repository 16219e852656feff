import { expect, onTestFinished, test } from 'vitest'
import { allowOwnHosts } from '../../../../main/broker/transport/allowed-hosts.ts'
import { createHttpServer, type HttpHandler } from '../../../../main/broker/transport/http-handlers.ts'
import { listen } from '../../../../main/broker/transport/listen-socket.ts'
import { silentLog } from '../log.ts'

const start = async (...handlers: HttpHandler[]) => {
  const allowed = allowOwnHosts({ bind: '127.0.0.1', log: silentLog })
  const { port, close } = await listen(createHttpServer({ handlers, allowed }), '127.0.0.1', 0)
  onTestFinished(close)
  return (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init)
}

const echo: HttpHandler = {
  path: '/echo',
  methods: ['GET', 'POST'],
  limits: { bodyBytes: 4, atOnce: 1 },
  answer: async request => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return { type: 'text/plain', body: `${request.url ?? ''} ${Buffer.concat(chunks).toString()}` }
  },
}

test('a path is answered by its handler, whatever the query', async () => {
  const ask = await start(echo)
  expect(await (await ask('/echo?a=1')).text()).toBe('/echo?a=1 ')
  expect(await (await ask('/echo', { method: 'POST', body: '한' })).text()).toBe('/echo 한')
})

test('other paths get a 404, or the handler for all remaining paths', async () => {
  expect((await (await start(echo))('/else')).status).toBe(404)
  const ask = await start(echo, { ...echo, path: '*', methods: ['GET'] })
  expect(await (await ask('/else')).text()).toBe('/else ')
})

test('HEAD is GET without a body, and the refusal of a method names the accepted ones', async () => {
  const ask = await start(echo)
  const head = await ask('/echo', { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  const put = await ask('/echo', { method: 'PUT', body: 'x' })
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST'])
})

test('a body that is too large, or of unknown length, is refused before it is read', async () => {
  const ask = await start(echo)
  expect((await ask('/echo', { method: 'POST', body: '12345' })).status).toBe(413)
  const body = new ReadableStream({
    start: controller => {
      controller.enqueue(Buffer.from('1'))
      controller.close()
    },
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
  expect((await ask('/echo', init)).status).toBe(413)
})

test('a handler limits its concurrent requests', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  let begun = 0
  const ask = await start({
    ...echo,
    answer: async () => {
      begun += 1
      await promise
      return { type: 'text/plain', body: 'done' }
    },
  })
  const first = ask('/echo')
  await expect.poll(() => begun).toBe(1)
  expect((await ask('/echo')).status).toBe(503)
  resolve(undefined)
  expect(await (await first).text()).toBe('done')
  expect((await ask('/echo')).status).toBe(200)
})

test('a handler that fails gives an answer without the reason', async () => {
  const ask = await start({
    ...echo,
    answer: () => {
      throw new Error('secret')
    },
  })
  const response = await ask('/echo')
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('secret')
})
