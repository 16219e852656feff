import { expect, test, vi } from 'vitest'
import type { ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import { receiptDeadline, settlingTime, silenceDeadline } from '../../../../shared/core/session/receipts.ts'
import { errorDeadline } from '../../../../shared/core/session/unnamed-errors.ts'
import { hostDialect } from '../dialect/spoken.ts'
import { codeOf, online } from '../opened-session.ts'
import { politeScript, type Script } from '../scripted-server.ts'
import { until } from '../until.ts'

test('offers STOMP 1.2 only, wants heart-beats, and learns the dialect from CONNECTED', async () => {
  const { server, connected } = await online(politeScript({ server: 'stompbox/0.1', 'person-id': 'p1' }), {
    dialectOf: hostDialect,
  })
  expect(server.peer().frames[0]).toEqual({
    command: 'CONNECT',
    headers: {
      login: '지우',
      host: 'box',
      'device-key': 'k',
      'accept-version': '1.2',
      'heart-beat': '10000,10000',
    },
    body: '',
  })
  expect(connected.mock.calls[0]?.[0]).toMatchObject({ kind: 'stompbox', personId: 'p1' })
})

test('a line break in a name or passcode injects no header', async () => {
  const connectHeaders = { login: 'a\nrole:admin\r\n\0x', passcode: 'a:b\nc' }
  const { server } = await online(politeScript(), { connectHeaders })
  expect(server.peer().frames[0]?.headers).toMatchObject({ login: 'a role:admin x', passcode: 'a:b c' })
  expect(server.peer().frames[0]?.headers.role).toBeUndefined()
})

test('a subscription gets its messages and ends', async () => {
  const { server, session } = await online()
  const got: ReceivedFrame[] = []
  const end = session.subscribe('/topic/방:1', { 'x-stream-offset': 'first' }, frame => got.push(frame))
  await until(() => expect(server.peer().frames).toHaveLength(2))
  const { command, headers } = server.peer().frames[1] ?? {}
  expect(command).toBe('SUBSCRIBE')
  expect(headers).toMatchObject({ destination: '/topic/방:1', 'x-stream-offset': 'first' })
  server
    .peer()
    .frame('MESSAGE', { subscription: headers?.id ?? '', 'message-id': '1', nick: 'a\\cb' }, '안녕\n')
  await until(() => expect(got).toHaveLength(1))
  expect(got[0]).toMatchObject({ headers: { nick: 'a:b' }, body: '안녕\n' })
  end()
  await until(() => expect(server.peer().frames.at(-1)?.command).toBe('UNSUBSCRIBE'))
  expect(server.peer().frames.at(-1)?.headers.id).toBe(headers?.id)
})

test('a sent message resolves with its receipt, as text and one frame each', async () => {
  const { server, session } = await online()
  const sent = [
    session.send({ destination: '/app/chat', body: '{"a":1}' }),
    session.send({ destination: '/app/chat', body: '{"b":"안녕"}' }),
  ]
  expect(await Promise.all(sent)).toEqual(['received', 'received'])
  expect(
    server
      .peer()
      .frames.slice(1)
      .map(frame => frame.body),
  ).toEqual(['{"a":1}', '{"b":"안녕"}'])
  expect(server.peer().frames[2]?.headers).toMatchObject({
    destination: '/app/chat',
    'content-type': 'application/json',
    'content-length': '14',
  })
})

test('a late receipt is not a failure', async () => {
  const { session, clock } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  const sent = session.send({ destination: '/app/chat', body: '{}' })
  const given = session.givesReceipts()
  clock.advance(receiptDeadline)
  expect(await sent).toBe('unknown')
  expect(await given).toBe(false)
})

test('givesReceipts resolves with the first receipt', async () => {
  const { session } = await online()
  const given = session.givesReceipts()
  session.subscribe('/topic/a', {}, () => undefined)
  expect(await given).toBe(true)
  expect(await session.givesReceipts()).toBe(true)
})

test('ERROR with a receipt-id refuses that message, and the session goes on', async () => {
  const { session, error, ended } = await online((peer, frame) => {
    const { receipt = '', destination } = frame.headers
    if (destination === '/bad')
      peer.frame('ERROR', { 'receipt-id': receipt, code: 'message-too-long', message: 'no' })
    else politeScript()(peer, frame)
  })
  const outcomes = [
    session.send({ destination: '/good', body: '{}' }),
    session.send({ destination: '/bad', body: '{}' }),
    session.send({ destination: '/good', body: '{}' }),
  ]
  expect(await Promise.all(outcomes.map(codeOf))).toEqual([
    'resolved with received',
    'message-too-long',
    'resolved with received',
  ])
  expect(error).not.toHaveBeenCalled()
  expect(ended).not.toHaveBeenCalled()
})

/** As RabbitMQ: an ERROR names no frame, and the receipts of messages come late. */
const namelessScript: Script = (peer, frame) => {
  if (frame.headers.destination === '/bad') peer.frame('ERROR', { message: 'Unknown destination' })
  else if (frame.headers.destination !== '/late') politeScript()(peer, frame)
}

test('ERROR without a receipt-id refuses the message that stays unanswered, not the oldest', async () => {
  const { server, session, error } = await online(namelessScript)
  const outcomes = [
    session.send({ destination: '/late', body: '{}' }),
    session.send({ destination: '/bad', body: '{}' }),
    session.send({ destination: '/late', body: '{}' }),
  ]
  await until(() => expect(server.peer().frames).toHaveLength(4))
  const [, first, , third] = server.peer().frames
  for (const frame of [first, third])
    server.peer().frame('RECEIPT', { 'receipt-id': frame?.headers.receipt ?? '' })
  expect(await Promise.all(outcomes.map(codeOf))).toEqual([
    'resolved with received',
    'server-error',
    'resolved with received',
  ])
  expect(error).not.toHaveBeenCalled()
})

test('ERROR without a receipt-id refuses the oldest unanswered message after a while', async () => {
  const { server, session, clock } = await online(namelessScript)
  const codes: string[] = []
  for (const destination of ['/bad', '/late'])
    void codeOf(session.send({ destination, body: '{}' })).then(code => codes.push(`${destination} ${code}`))
  await until(() => expect(server.peer().frames).toHaveLength(3))
  await until(() => {
    clock.advance(errorDeadline)
    expect(codes).toEqual(['/bad server-error'])
  })
})

test('ERROR without a receipt-id refuses no message if the server then closes', async () => {
  const { session, server, ended } = await online((peer, frame) => {
    if (frame.command !== 'SEND') politeScript()(peer, frame)
  })
  const sent = codeOf(session.send({ destination: '/topic/a', body: '{}' }))
  await until(() => expect(server.peer().frames).toHaveLength(2))
  server.peer().frame('ERROR', { message: 'Broker relay timed out' })
  server.peer().frame('MESSAGE', { subscription: 'nobody', 'message-id': '1' })
  server.peer().close()
  expect(await sent).toBe('connection-lost')
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].params).toMatchObject({ message: 'Broker relay timed out' })
})

test('a subscription that the server cancels is renewed, with a growing delay, and no message is blamed', async () => {
  const { session, server, clock, error } = await online((peer, frame) => {
    if (frame.command !== 'SEND') politeScript()(peer, frame)
  })
  const got: string[] = []
  const end = session.subscribe('/queue/a', { 'x-a': 'b' }, ({ body }) => got.push(body))
  const sent = codeOf(session.send({ destination: '/topic/a', body: '{}' }))
  const subscribed = () => server.peer().frames.filter(({ command }) => command === 'SUBSCRIBE')
  await until(() => expect(server.peer().frames).toHaveLength(3))
  await session.givesReceipts()
  const id = subscribed()[0]?.headers.id ?? ''
  // What waits from now on is the message alone.
  clock.advance(silenceDeadline)
  const timers = clock.waiting()
  const cancel = async () => {
    server.peer().frame('ERROR', { message: 'Server cancelled subscription', subscription: id })
    await until(() => expect(clock.waiting()).toBe(timers + 1))
  }
  for (const wait of [1000, 2000]) {
    const before = subscribed().length
    await cancel()
    clock.advance(wait - 1)
    expect(clock.waiting()).toBe(timers + 1)
    clock.advance(1)
    await until(() => expect(subscribed()).toHaveLength(before + 1))
    expect(subscribed().at(-1)?.headers).toMatchObject({ destination: '/queue/a', id, 'x-a': 'b' })
    await until(() => expect(clock.waiting()).toBe(timers + 1))
    clock.advance(settlingTime)
    expect(clock.waiting()).toBe(timers)
  }
  server.peer().frame('MESSAGE', { subscription: id, 'message-id': '1' }, 'again')
  await until(() => expect(got).toEqual(['again']))
  await cancel()
  end()
  expect(clock.waiting()).toBe(timers)
  const receipt = server.peer().frames.find(({ command }) => command === 'SEND')?.headers.receipt ?? ''
  server.peer().frame('RECEIPT', { 'receipt-id': receipt })
  expect(await sent).toBe('resolved with received')
  await session.close()
  expect(server.peer().frames.map(({ command }) => command)).not.toContain('UNSUBSCRIBE')
  expect(error).not.toHaveBeenCalled()
})

test('an ERROR that nothing waits for is the reason if the server then closes, and is reported only as that', async () => {
  const { server, error, ended } = await online()
  server.peer().frame('ERROR', { message: 'going down' })
  server.peer().close()
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0]).toMatchObject({ code: 'server-error', params: { message: 'going down' } })
  expect(error).not.toHaveBeenCalled()
})

test('an ERROR that nothing waits for is reported if the server goes on, or does not close in time', async () => {
  const { server, clock, error, ended } = await online()
  server.peer().frame('ERROR', { message: 'one' })
  server.peer().frame('RECEIPT', { 'receipt-id': 'any' })
  await until(() => expect(error).toHaveBeenCalledOnce())
  server.peer().frame('ERROR', { message: 'two' })
  await until(() => {
    clock.advance(2000)
    expect(error).toHaveBeenCalledTimes(2)
  })
  expect(error.mock.calls.map(([told]) => told.params?.message)).toEqual(['one', 'two'])
  expect(ended).not.toHaveBeenCalled()
})

test('a closing host refuses no message, and is the reason of the end', async () => {
  const { server, session, error, ended } = await online((peer, frame) => {
    if (frame.command === 'CONNECT')
      peer.frame('CONNECTED', { version: '1.2', server: 'stompbox/1.0', 'heart-beat': '0,0' })
  })
  const sent = codeOf(session.send({ destination: '/app/chat/message', body: '{}' }))
  await until(() => expect(server.peer().frames).toHaveLength(2))
  server.peer().frame('ERROR', { code: 'host-closing', message: 'the host is closing: connect again later' })
  server.peer().close()
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('host-closing')
  expect(await sent).toBe('connection-lost')
  expect(error).not.toHaveBeenCalled()
})

test('a subscription that ends the connection is reported as the reason', async () => {
  const { server, session, error, ended } = await online((peer, frame) => {
    if (frame.command !== 'SUBSCRIBE') {
      politeScript()(peer, frame)
      return
    }
    peer.frame('ERROR', { 'receipt-id': frame.headers.receipt ?? '', message: 'Too many subscriptions' })
    peer.close()
  })
  session.subscribe('/topic/a', {}, () => undefined)
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(server.peer().frames.at(-1)?.command).toBe('SUBSCRIBE')
  expect(ended.mock.calls[0]?.[0].params).toMatchObject({ message: 'Too many subscriptions' })
  expect(error).not.toHaveBeenCalled()
})

test('a refused subscription is not ended: servers close the connection for that', async () => {
  const { session, server } = await online((peer, frame) => {
    if (frame.command !== 'SUBSCRIBE') politeScript()(peer, frame)
  })
  const [endRefused, endTaken] = ['refused', 'taken'].map(id =>
    session.subscribe('/topic/a', { id }, vi.fn()),
  )
  await until(() => expect(server.peer().frames).toHaveLength(3))
  session.refuse(server.peer().frames[1]?.headers.receipt ?? '', { code: 'not-found' })
  endRefused?.()
  endTaken?.()
  server.peer().frame('RECEIPT', { 'receipt-id': server.peer().frames[2]?.headers.receipt ?? '' })
  await until(() => expect(server.peer().frames.at(-1)?.command).toBe('UNSUBSCRIBE'))
  const ended = server.peer().frames.filter(({ command }) => command === 'UNSUBSCRIBE')
  expect(ended.map(({ headers }) => headers.id)).toEqual(['taken'])
})

test('a subscription that ends before its answer is ended if it was taken, and not if it was refused', async () => {
  const { session, server } = await online((peer, frame) => {
    if (frame.command !== 'SUBSCRIBE') politeScript()(peer, frame)
  })
  const frames = () => server.peer().frames.map(({ command, headers }) => `${command} ${headers.id ?? ''}`)
  const receiptOf = (id: string) =>
    server.peer().frames.find(({ headers }) => headers.id === id)?.headers.receipt ?? ''
  const ends = ['refused', 'taken', 'again'].map(id =>
    session.subscribe(`/topic/${id}`, { id }, vi.fn(), vi.fn()),
  )
  await until(() => expect(frames()).toHaveLength(4))
  for (const end of ends) end()
  session.refuse(receiptOf('refused'), { code: 'not-found' })
  // The id is wanted for another subscription before the first one is answered.
  session.subscribe('/topic/again', { id: 'again' }, vi.fn())
  server.peer().frame('RECEIPT', { 'receipt-id': receiptOf('taken') })
  server.peer().frame('RECEIPT', { 'receipt-id': receiptOf('again') })
  await until(() =>
    expect(frames().slice(4).toSorted()).toEqual([
      'SUBSCRIBE again',
      'UNSUBSCRIBE again',
      'UNSUBSCRIBE taken',
    ]),
  )
  expect(frames().indexOf('UNSUBSCRIBE again')).toBeLessThan(frames().lastIndexOf('SUBSCRIBE again'))
})

test('a subscriber of an ended session gets nothing, and no error', async () => {
  const { server, session, ended } = await online()
  server.peer().close()
  await until(() => expect(ended).toHaveBeenCalledOnce())
  const end = session.subscribe('/topic/a', {}, vi.fn())
  expect(end).not.toThrow()
})

test('refuse rejects a message by its receipt', async () => {
  const { server, session } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  const sent = codeOf(session.send({ destination: '/app/chat', body: '{}' }))
  await until(() => expect(server.peer().frames).toHaveLength(2))
  const receipt = server.peer().frames[1]?.headers.receipt ?? ''
  expect(session.refuse(receipt, { code: 'not-found' })).toBe(true)
  expect(session.refuse(receipt, { code: 'not-found' })).toBe(false)
  expect(await sent).toBe('not-found')
})

test('a lost connection ends the session once and rejects pending frames', async () => {
  const { server, session, ended } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  const sent = codeOf(session.send({ destination: '/app/chat', body: '{}' }))
  server.peer().close()
  expect(await sent).toBe('connection-lost')
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(await codeOf(session.send({ destination: '/app/chat', body: '{}' }))).toBe('connection-lost')
  session.drop({ code: 'internal' })
  expect(ended).toHaveBeenCalledOnce()
})
