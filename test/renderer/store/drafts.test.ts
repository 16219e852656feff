import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApi } from '../../../shared/bridge/api.ts'
import { createDrafts } from '../../../renderer/store/drafts.ts'
import { Failure, type ErrorCode } from '../../../shared/contract/errors.ts'
import { messageIdSchema } from '../../../shared/contract/model.ts'
import { maxDraftLength } from '../../../shared/contract/messenger-commands.ts'
import { aRoom } from '../../shared/contract/examples.ts'
import { aSnapshot, windowBridge } from '../window-bridge.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const [general, lunch] = [aRoom('general', { draft: 'from the cache' }), aRoom('점심-원정대')]

const setUp = (fails?: ErrorCode) => {
  const bridge = windowBridge(aSnapshot, {
    saveDraft: () => {
      if (fails) throw new Failure(fails)
      return null
    },
  })
  const onFailure = vi.fn()
  return { bridge, onFailure, drafts: createDrafts(createApi(bridge), onFailure) }
}

test('the cache’s draft is shown until something is typed; then the window knows better', () => {
  const { drafts } = setUp()
  expect(drafts.of(general)).toBe('from the cache')
  drafts.type(general.key, '안녕')
  expect(drafts.of(general)).toBe('안녕')
  drafts.sent(general.key)
  expect(drafts.of(general)).toBe('')
})

test('typing is saved once it rests, as it stands then', () => {
  const { bridge, drafts } = setUp()
  for (const text of ['ㅇ', '아', '안', '안녕']) drafts.type(general.key, text)
  expect(bridge.calls).toEqual([])
  vi.runAllTimers()
  expect(bridge.calls).toEqual([{ name: 'saveDraft', input: { room: general.key, text: '안녕' } }])
})

test('leaving saves every room at once, and only once', () => {
  const { bridge, drafts } = setUp()
  drafts.type(general.key, 'a')
  drafts.type(lunch.key, 'b')
  drafts.flush()
  vi.runAllTimers()
  expect(bridge.calls.map(call => call.input)).toEqual([
    { room: general.key, text: 'a' },
    { room: lunch.key, text: 'b' },
  ])
})

test('a draft that was sent is not saved behind the message', () => {
  const { bridge, drafts } = setUp()
  drafts.type(general.key, '안녕')
  drafts.sent(general.key)
  vi.runAllTimers()
  expect(bridge.calls).toEqual([])
})

test('a draft of ten messages is kept whole, a longer one as far as that', () => {
  const { bridge, drafts } = setUp()
  for (const more of [0, 5]) {
    drafts.type(general.key, 'x'.repeat(maxDraftLength + more))
    drafts.flush()
  }
  const kept = { room: general.key, text: 'x'.repeat(maxDraftLength) }
  expect(bridge.calls.map(call => call.input)).toEqual([kept, kept])
})

test('a failure is told and the text stays', async () => {
  const { drafts, onFailure } = setUp('disk-full')
  drafts.type(general.key, '안녕')
  drafts.flush()
  await expect.poll(() => onFailure).toHaveBeenCalled()
  expect(drafts.of(general)).toBe('안녕')
})

test('a room that is gone keeps its draft in the window, without an error', async () => {
  const { bridge, drafts, onFailure } = setUp('not-found')
  drafts.type(general.key, '안녕')
  drafts.flush()
  await expect.poll(() => bridge.calls).toHaveLength(1)
  await Promise.resolve()
  expect(onFailure).not.toHaveBeenCalled()
  expect(drafts.of(general)).toBe('안녕')
})

test('a message whose text can’t be saved as a draft is not discarded; its text is in the composer', async () => {
  const { bridge, drafts, onFailure } = setUp('disk-full')
  const write = vi.fn()
  drafts.follow(general.key, write)
  await drafts.edit(general, { id: messageIdSchema.parse('m1'), content: '안녕' })
  expect(write).toHaveBeenCalledExactlyOnceWith('안녕\nfrom the cache')
  expect(bridge.calls.map(({ name }) => name)).toEqual(['saveDraft'])
  expect(onFailure).toHaveBeenCalledOnce()
})
