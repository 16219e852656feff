/** Files on a host that really listens: announced over STOMP, sent and read over HTTP. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { request, type ClientRequest } from 'node:http'
import { join } from 'node:path'
import type { IMessage } from '@stomp/stompjs'
import { expect, test } from 'vitest'
import { fileReplySchema, type FileReply } from '../../../../shared/protocol/events.ts'
import type { LocalHost } from '../../../../main/host/ports/options.ts'
import { bodies, hostOptions, person, startHost, type Talker } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { openHost } from '../../../../main/host/host.ts'

type Grant = FileReply['file']

const heardBy = new WeakMap<Talker, IMessage[]>()
const ask = async (talker: Talker, destination: string, body: object): Promise<Grant> => {
  const replies = heardBy.get(talker) ?? (await talker.subscribe('/user/queue/replies'))
  heardBy.set(talker, replies)
  const before = replies.length
  await talker.send(destination, body)
  await expect.poll(() => replies.length).toBeGreaterThan(before)
  return fileReplySchema.parse(bodies(replies).at(-1)).file
}

const announce = (talker: Talker, size: number, fileName = '휴가.png'): Promise<Grant> =>
  ask(talker, '/app/file/create', { roomId: 'general', fileName, size })

const over = (
  host: LocalHost,
  { path, token }: Grant,
  init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<Response> =>
  fetch(`http://127.0.0.1:${host.port}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, ...init.headers },
  })

const tus = { 'tus-resumable': '1.0.0' }
const patch = (host: LocalHost, grant: Grant, offset: number, body: Buffer): Promise<Response> =>
  over(host, grant, {
    method: 'PATCH',
    body: new Uint8Array(body),
    headers: {
      ...tus,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
  })
const received = async (host: LocalHost, grant: Grant): Promise<number> =>
  Number((await over(host, grant, { method: 'HEAD', headers: tus })).headers.get('upload-offset'))

const attach = (talker: Talker, fileId: string, id: string, others: object = {}): Promise<void> =>
  talker.send('/app/chat/message', { roomId: 'general', id, type: 'ATTACHMENT', file: { fileId }, ...others })

/** Sends the first part of the rest. @returns the request once the host has that part. */
const sendPart = async (
  host: LocalHost,
  grant: Grant,
  { offset, rest, part }: { offset: number; rest: Buffer; part: number },
): Promise<ClientRequest> => {
  const sending = request({
    port: host.port,
    path: grant.path,
    method: 'PATCH',
    headers: {
      ...tus,
      authorization: `Bearer ${grant.token}`,
      'upload-offset': offset,
      'content-type': 'application/offset+octet-stream',
      'content-length': rest.length,
    },
  })
  sending.on('error', () => undefined)
  sending.write(rest.subarray(0, part))
  await expect.poll(() => received(host, grant)).toBe(offset + part)
  return sending
}

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(300_000)])

test('a file goes to the host in spite of three cuts, and comes back whole and by ranges', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  const grant = await announce(ada, png.length)
  for (let cut = 1; cut <= 3; cut += 1) {
    const offset = await received(host, grant)
    const sending = await sendPart(host, grant, { offset, rest: png.subarray(offset), part: 70_000 })
    sending.destroy()
  }
  expect((await patch(host, grant, 210_000, png.subarray(210_000))).status).toBe(204)
  const heard = await ada.subscribe('/topic/room.general')
  await attach(ada, grant.fileId, 'a1', {
    content: '바다',
    file: { fileId: grant.fileId, type: 'text/html' },
  })
  await expect.poll(() => heard.length).toBe(1)
  const sha256 = createHash('sha256').update(png).digest('hex')
  expect(bodies(heard)).toMatchObject([
    {
      type: 'ATTACHMENT',
      content: '바다',
      file: { fileId: grant.fileId, name: '휴가.png', size: png.length, type: 'image/png', sha256 },
    },
  ])

  const bob = await person(host.ws, 'Bob')
  const his = await ask(bob, '/app/file/open', { roomId: 'general', fileId: grant.fileId })
  const whole = await over(host, his)
  expect(Buffer.from(await whole.arrayBuffer()).equals(png)).toBe(true)
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('휴가.png')}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  const ranges = ['bytes=8-15', 'bytes=-4', `bytes=${png.length - 2}-`, 'bytes=5-999999999']
  for (const range of ranges) {
    const [, from = '', to = ''] = /=(\d*)-(\d*)/.exec(range) ?? []
    const part =
      from === '' ? png.subarray(-Number(to)) : png.subarray(+from, to === '' ? undefined : +to + 1)
    const answer = await over(host, his, { headers: { range } })
    expect([range, answer.status, Buffer.from(await answer.arrayBuffer()).equals(part)]).toEqual([
      range,
      206,
      true,
    ])
  }
  const beyond = await over(host, his, { headers: { range: `bytes=${png.length}-` } })
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${png.length}`])
  const many = await over(host, his, { headers: { range: 'bytes=0-1,0-1,0-1' } })
  expect([many.status, (await many.arrayBuffer()).byteLength]).toEqual([200, png.length])
})

test('a deleted message takes its file with it', async () => {
  const options = hostOptions()
  const host = await startHost(options)
  const ada = await person(host.ws, 'Ada')
  const grant = await announce(ada, 3)
  await patch(host, grant, 0, Buffer.from('abc'))
  await attach(ada, grant.fileId, 'a1')
  const path = join(options.dataDir, 'files', grant.fileId)
  expect(existsSync(path)).toBe(true)
  await ada.send('/app/chat/delete', { roomId: 'general', id: 'a1' })
  expect(existsSync(path)).toBe(false)
  expect((await over(host, grant)).status).toBe(403)
})

test('an upload goes on after the host was stopped in the middle, and what no record names is removed', async () => {
  const options = hostOptions({ dataDir: temporaryFolder() })
  const first = await openHost(options)
  const ada = await person(first.ws, 'Ada')
  const grant = await announce(ada, 6)
  await sendPart(first, grant, { offset: 0, rest: Buffer.from('abcdef'), part: 3 })
  await first.stop()

  const host = await startHost(options)
  expect((await over(host, grant)).status).toBe(403)
  const again = await person(host.ws, 'Ada')
  const renewed = await ask(again, '/app/file/open', { roomId: 'general', fileId: grant.fileId })
  expect(await received(host, renewed)).toBe(3)
  expect((await patch(host, renewed, 3, Buffer.from('def'))).status).toBe(204)
  expect(await (await over(host, renewed)).text()).toBe('abcdef')
  expect(readdirSync(join(options.dataDir, 'files'))).toEqual([grant.fileId])
})

test('names that are paths or read differently are refused', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  const names = ['../x', 'a/b', 'a\\b', '..', '', 'x\u0000.png', 'gnp\u202e.exe', 'a'.repeat(256)]
  for (const fileName of names)
    await expect(ada.send('/app/file/create', { roomId: 'general', fileName, size: 1 })).rejects.toThrow(
      'input-invalid',
    )
  await expect(
    ada.send('/app/file/create', { roomId: 'general', fileName: 'a', size: 2 ** 31 + 1 }),
  ).rejects.toThrow('input-invalid')
})

test('HTML and SVG are bytes without a type', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  for (const content of ['<html><script>1</script>', '<svg xmlns="http://www.w3.org/2000/svg"/>']) {
    const grant = await announce(ada, content.length, 'x.png')
    await patch(host, grant, 0, Buffer.from(content))
    const { headers } = await over(host, grant)
    expect(headers.get('content-type')).toBe('application/octet-stream')
  }
})

test('tokens open their own file only, for people in its room only', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  const bob = await person(host.ws, 'Bob')
  const [one, other] = [await announce(ada, 3), await announce(ada, 3)]
  await patch(host, one, 0, Buffer.from('abc'))
  expect((await over(host, { ...one, token: other.token })).status).toBe(403)
  expect((await over(host, { ...one, token: `${one.token.slice(0, -2)}xx` })).status).toBe(403)
  expect((await over(host, { ...one, token: '' })).status).toBe(403)
  // Nobody hears of a file before its message.
  const open = { roomId: 'general', fileId: one.fileId }
  await expect(bob.send('/app/file/open', open)).rejects.toThrow('not-found')
  await attach(ada, one.fileId, 'a1')
  await expect(bob.send('/app/file/open', { ...open, roomId: 'else' })).rejects.toThrow('not-found')
  const his = await ask(bob, '/app/file/open', open)
  expect((await over(host, his)).status).toBe(200)
  expect((await patch(host, his, 0, Buffer.from('x'))).status).toBe(403)
  await ada.send('/app/room/ban', { roomId: 'general', personId: bob.id })
  expect((await over(host, his)).status).toBe(403)
})

test('forged attachments are refused', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  const bob = await person(host.ws, 'Bob')
  const grant = await announce(ada, 3)
  await expect(attach(ada, grant.fileId, 'a1')).rejects.toThrow('input-invalid')
  await patch(host, grant, 0, Buffer.from('abc'))
  await expect(attach(bob, grant.fileId, 'b1')).rejects.toThrow('not-found')
  await expect(attach(ada, 'none', 'a1')).rejects.toThrow('not-found')
  await expect(attach(ada, grant.fileId, 'a1', { file: 'x' })).rejects.toThrow('input-invalid')
  await attach(ada, grant.fileId, 'a1')
  await attach(ada, grant.fileId, 'a1')
  await expect(attach(ada, grant.fileId, 'a2')).rejects.toThrow('input-invalid')
})

test('uploads beyond what was announced, at another offset or of another kind are refused', async () => {
  const host = await startHost()
  const ada = await person(host.ws, 'Ada')
  const grant = await announce(ada, 3)
  expect((await patch(host, grant, 0, Buffer.from('abcd'))).status).toBe(413)
  expect((await patch(host, grant, 1, Buffer.from('bc'))).status).toBe(409)
  const plain = { method: 'PATCH', body: 'abc' }
  expect((await over(host, grant, plain)).status).toBe(412)
  expect((await over(host, grant, { ...plain, headers: tus })).status).toBe(415)
  expect((await over(host, grant, { method: 'DELETE' })).status).toBe(405)
  expect(await received(host, grant)).toBe(0)
})

test('a person and the host have their limits, and the disk keeps its free space', async () => {
  const host = await startHost({ files: { ofPerson: 5, ofHost: 8 } })
  const ada = await person(host.ws, 'Ada')
  const bob = await person(host.ws, 'Bob')
  const create = (talker: Talker, size: number): Promise<void> =>
    talker.send('/app/file/create', { roomId: 'general', fileName: 'x', size })
  await create(ada, 4)
  await expect(create(ada, 2)).rejects.toThrow('not-allowed')
  await expect(create(bob, 5)).rejects.toThrow('disk-full')
  const full = await startHost({ keepFree: Number.MAX_SAFE_INTEGER / 2 })
  await expect(create(await person(full.ws, 'Ada'), 1)).rejects.toThrow('disk-full')
})

test('an upload may take longer than a socket may take to connect, and a new one ends one that hangs', async () => {
  const connectTimeout = 500
  const host = await startHost({ limits: { connectTimeout } })
  const ada = await person(host.ws, 'Ada')
  const grant = await announce(ada, 6)
  const began = performance.now()
  const sending = await sendPart(host, grant, { offset: 0, rest: Buffer.from('abcdef'), part: 3 })
  const ended = new Promise(resolve => sending.on('close', resolve))
  await expect.poll(() => performance.now() - began).toBeGreaterThan(2 * connectTimeout)
  expect(sending.destroyed).toBe(false)
  expect((await patch(host, grant, 3, Buffer.from('def'))).status).toBe(204)
  await ended
})
