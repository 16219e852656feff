import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { appOrigin, serveFiles } from '../../../main/desktop/protocol.ts'

let serve: (request: Request) => Promise<Response>

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'protocol-'))
  const root = join(folder, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html>')
  await writeFile(join(root, 'assets', '로고 1.svg'), '<svg/>')
  await writeFile(join(root, 'assets', 'app.js'), 'run()')
  await writeFile(join(root, 'notes.txt'), 'not for the window')
  await writeFile(join(folder, 'secret.json'), '{}')
  await mkdir(join(folder, 'renderer-other'))
  await writeFile(join(folder, 'renderer-other', 'a.js'), 'other()')
  serve = serveFiles(root)
})

/** A request with the URL as it stands: the parser of the test would take dots out of it. */
const ask = (path: string, method = 'GET', origin = appOrigin) => {
  const request = new Request('http://placeholder/', { method })
  Object.defineProperty(request, 'url', { value: `${origin}${path}` })
  return serve(request)
}

test.each([
  ['/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
  ['/assets/app.js', 'text/javascript; charset=utf-8', 'run()'],
  ['/assets/app.js?v=1#x', 'text/javascript; charset=utf-8', 'run()'],
  [`/assets/${encodeURIComponent('로고 1.svg')}`, 'image/svg+xml', '<svg/>'],
])('serves %s', async (path, type, text) => {
  const response = await ask(path)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe(type)
  expect(await response.text()).toBe(text)
})

test('everything comes under the strict policy', async () => {
  for (const path of ['/index.html', '/nothing.html']) {
    const { headers } = await ask(path)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  }
})

test.each([
  '/',
  '/assets',
  '/assets/',
  '/missing.js',
  '/notes.txt',
  '/../secret.json',
  '/assets/../../secret.json',
  '/%2e%2e/secret.json',
  '/assets/%2e%2e/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/%2e%2e%2fsecret.json',
  '/..%5csecret.json',
  '/..\\secret.json',
  '/../renderer-other/a.js',
  '//etc/hosts.json',
  '/C:/secret.json',
  '/index.html%00.js',
  '/index.html:stream.js',
  '/%E0%A4%A.js',
  '/%252e%252e/secret.json',
])('does not serve %s', async path => {
  const response = await ask(path)
  expect(response.status).toBe(404)
  expect(await response.text()).toBe('')
})

test('is one host and only for reading', async () => {
  expect((await ask('/index.html', 'GET', 'app://elsewhere')).status).toBe(404)
  expect((await ask('/index.html', 'POST')).status).toBe(405)
  const head = await ask('/index.html', 'HEAD')
  expect(head.status).toBe(200)
  expect(await head.text()).toBe('')
})
