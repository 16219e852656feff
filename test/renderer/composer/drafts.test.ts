import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApi } from '../../../renderer/api.ts'
import { createDrafts } from '../../../renderer/composer/drafts.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import { maxContentLength } from '../../../shared/contract/messenger-commands.ts'
import { aRoom } from '../../shared/contract/examples.ts'
import { aSnapshot, windowBridge } from '../window-bridge.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const [general, lunch] = [aRoom('general', { draft: 'from the cache' }), aRoom('점심-원정대')]

const setUp = (fails = false) => {
  const bridge = windowBridge(aSnapshot, {
    saveDraft: () => {
      if (fails) throw new Failure('disk-full')
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

test('a draft too long to send is kept as far as it goes', () => {
  const { bridge, drafts } = setUp()
  drafts.type(general.key, 'x'.repeat(maxContentLength + 5))
  drafts.flush()
  expect(bridge.calls[0]?.input).toEqual({ room: general.key, text: 'x'.repeat(maxContentLength) })
})

test('a failure is told and the text stays', async () => {
  const { drafts, onFailure } = setUp(true)
  drafts.type(general.key, '안녕')
  drafts.flush()
  await vi.waitFor(() => expect(onFailure).toHaveBeenCalled())
  expect(drafts.of(general)).toBe('안녕')
})
