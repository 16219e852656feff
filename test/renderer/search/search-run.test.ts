import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApi } from '../../../shared/bridge/api.ts'
import { excerptOf } from '../../../renderer/search/marks.ts'
import { createSearchRun } from '../../../renderer/search/search-run.ts'
import type { InputOf } from '../../../shared/contract/api.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import type { SearchPage } from '../../../shared/contract/model.ts'
import { aMessage, aRoom } from '../../shared/contract/examples.ts'
import { aSnapshot, windowBridge } from '../window-bridge.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

type Answer = (input: InputOf<'searchMessages'>) => SearchPage | Promise<SearchPage>

const page = (numbers: number[], next: number | null = null): SearchPage => ({
  hits: numbers.map(n => ({ message: aMessage(n), roomName: 'general' })),
  next,
})

const setUp = (answer: Answer) => {
  const bridge = windowBridge(aSnapshot, { searchMessages: answer })
  return { bridge, run: createSearchRun(createApi(bridge), null) }
}
const rest = () => vi.runAllTimersAsync()
const idsOf = (run: ReturnType<typeof createSearchRun>) => run.getState().hits.map(hit => hit.message.id)

test('asks once the typing rests, with what was typed last, composed and trimmed', async () => {
  const { bridge, run } = setUp(() => page([2, 1]))
  for (const text of ['하', '하트', ` ${'하트비트'.normalize('NFD')} `]) run.type(text, false)
  expect(bridge.calls).toEqual([])
  await rest()
  expect(bridge.calls).toEqual([{ name: 'searchMessages', input: { query: '하트비트', isComposing: false } }])
  expect(run.getState()).toMatchObject({ sought: { query: '하트비트' }, hasMore: false, error: null })
  expect(idsOf(run)).toEqual(['m2', 'm1'])
})

test('a stale answer is dropped', async () => {
  const slow = Promise.withResolvers<SearchPage>()
  const { run } = setUp(({ query }) => (query === 'a' ? slow.promise : page([2])))
  run.type('a', false)
  await rest()
  run.type('ab', false)
  await rest()
  slow.resolve(page([1]))
  await rest()
  expect(run.getState().sought.query).toBe('ab')
  expect(idsOf(run)).toEqual(['m2'])
})

test('what is being composed is searched for as that, and anew once it is whole', async () => {
  const { run } = setUp(({ isComposing }) => page(isComposing ? [2, 1] : [2]))
  run.type('한', true)
  await rest()
  expect(run.getState().sought).toEqual({ query: '한', isComposing: true })
  expect(idsOf(run)).toEqual(['m2', 'm1'])
  run.type('한', false)
  await rest()
  expect(run.getState().sought).toEqual({ query: '한', isComposing: false })
  expect(idsOf(run)).toEqual(['m2'])
})

test('what an input method shows that is not Hangul is waited for', async () => {
  const { bridge, run } = setUp(() => page([1]))
  for (const text of ['ni hao', 'にほん']) run.type(text, true)
  await rest()
  expect(bridge.calls).toEqual([])
  run.type('日本', false)
  await rest()
  expect(run.getState().sought.query).toBe('日本')
})

test('an empty field finds nothing and asks nothing', async () => {
  const { bridge, run } = setUp(() => page([1]))
  run.type('a', false)
  await rest()
  run.type('  ', false)
  await rest()
  expect(run.getState()).toMatchObject({ sought: { query: '' }, hits: [] })
  expect(bridge.calls).toHaveLength(1)
})

test('reads further pages, one at a time, after the hits there are', async () => {
  const { bridge, run } = setUp(({ before }) => (before === undefined ? page([4, 3], 7) : page([2, 1])))
  run.type('a', false)
  await rest()
  expect(run.getState().hasMore).toBe(true)
  await Promise.all([run.loadMore(), run.loadMore()])
  expect(idsOf(run)).toEqual(['m4', 'm3', 'm2', 'm1'])
  expect(run.getState().hasMore).toBe(false)
  await run.loadMore()
  expect(bridge.calls.map(call => call.input)).toMatchObject([{ query: 'a' }, { query: 'a', before: 7 }])
})

test('another place to look asks again at once', async () => {
  const { bridge, run } = setUp(() => page([1]))
  const room = aRoom('general').key
  run.lookIn(room)
  run.type('a', false)
  await rest()
  run.lookIn(null)
  await rest()
  expect(bridge.calls.map(call => call.input)).toEqual([
    { query: 'a', isComposing: false, room },
    { query: 'a', isComposing: false },
  ])
})

test('a failure is told, and the next search may do better', async () => {
  let isBroken = true
  const { run } = setUp(() => {
    if (isBroken) throw new Failure('cache-failed')
    return page([1])
  })
  run.type('a', false)
  await rest()
  expect(run.getState()).toMatchObject({ error: { code: 'cache-failed' }, hits: [] })
  isBroken = false
  run.type('ab', false)
  await rest()
  expect(run.getState()).toMatchObject({ error: null })
})

test('a search that was stopped says nothing more', async () => {
  const { bridge, run } = setUp(() => page([1]))
  run.type('a', false)
  run.stop()
  await rest()
  expect(bridge.calls).toEqual([])
})

test('a hit that is deleted is gone, and no other', async () => {
  const { run } = setUp(() => page([3, 2, 1]))
  run.type('a', false)
  await rest()
  const deleted = aMessage(2, { type: 'DELETED', content: '' })
  run.changed({ message: { ...deleted, room: aRoom('lunch').key }, change: 'deleted' })
  run.changed({ message: aMessage(3, { own: true, delivery: 'confirmed' }), change: 'updated' })
  expect(idsOf(run)).toEqual(['m3', 'm2', 'm1'])
  run.changed({ message: deleted, change: 'deleted' })
  expect(idsOf(run)).toEqual(['m3', 'm1'])
})

test.each([']', '\\'])(
  'a syllable beyond the longest query is not composed any more: %j stands at its end',
  async sign => {
    const { run } = setUp(() => page([1]))
    const query = `${'a'.repeat(199)}${sign}`
    run.type(`${query}가`, true)
    await rest()
    const { sought } = run.getState()
    expect(sought).toEqual({ query, isComposing: false })
    expect(excerptOf(query, sought)).toEqual([{ text: query, marked: true }])
  },
)
