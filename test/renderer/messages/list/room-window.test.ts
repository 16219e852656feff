import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { maxLoaded, pageSize, RoomWindow } from '../../../../renderer/messages/list/room-window.ts'
import type { Changes } from '../../../../renderer/messages/list/room-window.ts'
import type { InputOf } from '../../../../shared/contract/api.ts'
import { Failure } from '../../../../shared/contract/errors.ts'
import { compareMessages, type Message, type MessagePage } from '../../../../shared/contract/model.ts'
import { aMessage, messageId, messages } from '../../../shared/contract/examples.ts'
import { pageOf } from '../../page-of.ts'

type List = (input: InputOf<'listMessages'>) => Promise<MessagePage>

const room = aMessage(0).room
const now = (run: () => void): void => run()

const windowOver = (all: readonly Message[], list: List = input => Promise.resolve(pageOf(all, input))) =>
  new RoomWindow({ room, list, nextFrame: now })

/** @returns the changes that these messages bring. */
const told = (...changed: Message[]): Changes => new Map(changed.map(message => [message.id, message]))
const removed = (id: string): Changes => new Map([[messageId(id), null]])

const ids = (roomWindow: RoomWindow): string[] => roomWindow.state().messages.map(message => message.id)
const idsOf = (from: number, to: number): string[] => messages(from, to).map(message => message.id)

test('opens at the newest messages and reads earlier ones until there are none', async () => {
  const roomWindow = windowOver(messages(1, 250))
  expect(roomWindow.state().phase).toBe('opening')
  await roomWindow.open()
  expect(ids(roomWindow)).toEqual(idsOf(151, 250))
  expect(roomWindow.state()).toMatchObject({ phase: 'ready', hasEarlier: true, hasLater: false })
  await roomWindow.loadEarlier()
  await roomWindow.loadEarlier()
  expect(ids(roomWindow)).toEqual(idsOf(1, 250))
  expect(roomWindow.state().hasEarlier).toBe(false)
})

test('reads a page only once, however often it is asked for', async () => {
  const all = messages(1, 250)
  const list = vi.fn<List>(input => Promise.resolve(pageOf(all, input)))
  const roomWindow = windowOver(all, list)
  await roomWindow.open()
  await Promise.all([roomWindow.loadEarlier(), roomWindow.loadEarlier(), roomWindow.loadLater()])
  expect(list).toHaveBeenCalledTimes(2)
})

test('drops what is far from the reader, and reads it again', async () => {
  const roomWindow = windowOver(messages(1, 1000))
  await roomWindow.open()
  for (let page = 0; page < 9; page++) await roomWindow.loadEarlier()
  expect(ids(roomWindow)).toEqual(idsOf(1, maxLoaded))
  expect(roomWindow.state()).toMatchObject({ hasEarlier: false, hasLater: true })
  await roomWindow.loadLater()
  expect(ids(roomWindow)).toEqual(idsOf(1 + pageSize, maxLoaded + pageSize))
  expect(roomWindow.state()).toMatchObject({ hasEarlier: true, hasLater: true })
})

test('stays bounded in a stream of messages: follows it at the end, keeps the place elsewhere', async () => {
  const roomWindow = windowOver(messages(1, 10))
  await roomWindow.open()
  for (const message of messages(11, 1000)) roomWindow.receive(told(message))
  expect(ids(roomWindow)).toEqual(idsOf(1001 - maxLoaded, 1000))
  expect(roomWindow.state()).toMatchObject({ hasEarlier: true, hasLater: false })

  roomWindow.moveTo({ key: 'm500', id: messageId('m500'), offset: 0 })
  expect(roomWindow.state().atEnd).toBe(false)
  roomWindow.receive(told(aMessage(1001)))
  expect(ids(roomWindow)).toEqual(idsOf(1001 - maxLoaded, 1000))
  expect(roomWindow.state().hasLater).toBe(true)
})

test('puts a late message in its place and moves one whose time was corrected', async () => {
  const roomWindow = windowOver([aMessage(1), aMessage(3), aMessage(5)])
  await roomWindow.open()
  roomWindow.receive(told(aMessage(4)))
  expect(ids(roomWindow)).toEqual(['m1', 'm3', 'm4', 'm5'])
  roomWindow.receive(told(aMessage(9, { id: 'm3', delivery: 'confirmed' })))
  expect(ids(roomWindow)).toEqual(['m1', 'm4', 'm5', 'm3'])
  expect(roomWindow.state().messages.at(-1)?.delivery).toBe('confirmed')
  roomWindow.receive(removed('m4'))
  expect(ids(roomWindow)).toEqual(['m1', 'm5', 'm3'])
})

test('leaves out a message that belongs to a part that is not loaded', async () => {
  const all = messages(1, 300)
  const roomWindow = windowOver(all)
  await roomWindow.open(messageId('m150'))
  expect(ids(roomWindow)).toEqual(idsOf(100, 199))
  roomWindow.receive(told(aMessage(301)))
  roomWindow.receive(told(aMessage(50, { content: 'changed' })))
  expect(ids(roomWindow)).toEqual(idsOf(100, 199))
})

test('what events tell while a page is on its way goes before the page', async () => {
  const { promise, resolve } = Promise.withResolvers<MessagePage>()
  const roomWindow = windowOver([], () => promise)
  const opened = roomWindow.open()
  roomWindow.receive(told(aMessage(4)))
  roomWindow.receive(told(aMessage(2, { content: 'newer' })))
  roomWindow.receive(removed('m3'))
  resolve({ messages: messages(1, 3), hasEarlier: false, hasLater: false })
  await opened
  expect(ids(roomWindow)).toEqual(['m1', 'm2', 'm4'])
  expect(roomWindow.state().messages[1]?.content).toBe('newer')
})

test('a long history that comes in while the newest page is read leaves that page as it is', async () => {
  const all = messages(1, 250)
  const { promise, resolve } = Promise.withResolvers<MessagePage>()
  const roomWindow = windowOver([], () => promise)
  const opened = roomWindow.open()
  for (const message of all) roomWindow.receive(told(message))
  resolve(pageOf(all, { room, limit: pageSize }))
  await opened
  expect(ids(roomWindow)).toEqual(idsOf(151, 250))
  roomWindow.receive(told(aMessage(151, { content: 'changed' })))
  roomWindow.receive(told(aMessage(251)))
  expect(ids(roomWindow)).toEqual(idsOf(151, 251))
  expect(roomWindow.state().messages[0]?.content).toBe('changed')
})

test('drops the answer to a load that another one has overtaken', async () => {
  const answers: ((page: MessagePage) => void)[] = []
  const roomWindow = windowOver([], () => new Promise<MessagePage>(resolve => answers.push(resolve)))
  const first = roomWindow.open()
  const second = roomWindow.open(messageId('m7'))
  answers[1]?.({ messages: [aMessage(7)], hasEarlier: true, hasLater: true })
  answers[0]?.({ messages: [aMessage(9)], hasEarlier: true, hasLater: false })
  await Promise.all([first, second])
  expect(ids(roomWindow)).toEqual(['m7'])
})

test('after a flood a reader at the end has the newest page, and any other reader has no hole', async () => {
  const all = messages(1, 250)
  const roomWindow = windowOver(all)
  await roomWindow.open()
  all.push(...messages(251, 500))
  roomWindow.skip()
  await expect.poll(() => ids(roomWindow)).toEqual(idsOf(401, 500))

  roomWindow.moveTo({ key: 'm450', id: messageId('m450'), offset: 0 })
  all.push(...messages(501, 700))
  roomWindow.skip()
  roomWindow.receive(told(aMessage(701)))
  expect(ids(roomWindow)).toEqual(idsOf(401, 500))
  expect(roomWindow.state().hasLater).toBe(true)
  await roomWindow.loadLater()
  expect(ids(roomWindow)).toEqual(idsOf(401, 600))
})

test('a flood while a page is on its way has the page read again', async () => {
  const all = messages(1, 250)
  const roomWindow = windowOver(all)
  await roomWindow.open()
  const earlier = roomWindow.loadEarlier()
  all.push(...messages(251, 500))
  roomWindow.skip()
  await earlier
  await expect.poll(() => ids(roomWindow)).toEqual(idsOf(401, 500))
})

test('a page that can not be read is told, and read when it is asked for again', async () => {
  const all = messages(1, 250)
  let isBroken = false
  const roomWindow = windowOver(all, input =>
    isBroken ? Promise.reject(new Failure('cache-failed')) : Promise.resolve(pageOf(all, input)),
  )
  await roomWindow.open()
  isBroken = true
  await roomWindow.loadEarlier()
  expect(roomWindow.state().error).toEqual({ code: 'cache-failed' })
  expect(ids(roomWindow)).toEqual(idsOf(151, 250))
  isBroken = false
  await roomWindow.loadEarlier()
  expect(roomWindow.state().error).not.toBeNull()
  await roomWindow.retry()
  expect(roomWindow.state().error).toBeNull()
  expect(ids(roomWindow)).toEqual(idsOf(51, 250))
})

test('a jump brings the message in, once per request', async () => {
  const roomWindow = windowOver(messages(1, 500))
  await roomWindow.open()
  const request = {}
  await roomWindow.jumpTo(messageId('m20'), request)
  expect(roomWindow.state().target).toEqual({ id: 'm20', at: 0 })
  expect(ids(roomWindow)).toContain('m20')
  roomWindow.arrived()
  await roomWindow.jumpTo(messageId('m20'), request)
  expect(roomWindow.state().target).toBeNull()
  await roomWindow.jumpTo(messageId('m20'), {})
  expect(roomWindow.state().target).toEqual({ id: 'm20', at: 0 })
  await roomWindow.jumpToEnd()
  expect(roomWindow.state()).toMatchObject({ target: { id: null }, hasLater: false })
  expect(ids(roomWindow)).toEqual(idsOf(401, 500))
})

test('a message that is gone is not jumped to: the newest are shown', async () => {
  const all = messages(1, 5)
  const roomWindow = windowOver(all, input =>
    input.around === undefined
      ? Promise.resolve(pageOf(all, input))
      : Promise.reject(new Failure('not-found')),
  )
  await roomWindow.jumpTo(messageId('gone'), {})
  expect(ids(roomWindow)).toEqual(idsOf(1, 5))
  expect(roomWindow.state()).toMatchObject({ phase: 'ready', target: null, error: null })
})

test('a burst of events is published once a frame', async () => {
  const frames: (() => void)[] = []
  const roomWindow = new RoomWindow({
    room,
    list: input => Promise.resolve(pageOf([], input)),
    nextFrame: run => frames.push(run),
  })
  await roomWindow.open()
  const listener = vi.fn()
  const stop = roomWindow.subscribe(listener)
  for (const message of messages(1, 500)) roomWindow.receive(told(message))
  expect(listener).not.toHaveBeenCalled()
  expect(frames).toHaveLength(1)
  frames[0]?.()
  expect(listener).toHaveBeenCalledTimes(1)
  expect(roomWindow.state().messages).toHaveLength(500)
  stop()
  roomWindow.receive(told(aMessage(501)))
  frames[1]?.()
  expect(listener).toHaveBeenCalledTimes(1)
})

test('whatever comes in whatever order, the window is in order, bounded and without doubles', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('receive' as const), n: fc.integer({ min: 1, max: 900 }) }),
    fc.record({
      do: fc.constantFrom('earlier', 'later', 'open', 'remove'),
      n: fc.integer({ min: 1, max: 800 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
      const roomWindow = windowOver(messages(1, 800))
      await roomWindow.open()
      for (const { do: what, n } of steps) {
        if (what === 'receive') roomWindow.receive(told(aMessage(n)))
        else if (what === 'earlier') await roomWindow.loadEarlier()
        else if (what === 'later') await roomWindow.loadLater()
        else if (what === 'open') await roomWindow.open(messageId(`m${n}`))
        else roomWindow.receive(removed(`m${n}`))
        const { messages: loaded } = roomWindow.state()
        expect(loaded.length).toBeLessThanOrEqual(maxLoaded)
        expect(new Set(loaded.map(message => message.id)).size).toBe(loaded.length)
        expect([...loaded].sort(compareMessages)).toEqual(loaded)
      }
    }),
    { numRuns: 60 },
  )
})
