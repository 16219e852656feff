import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { SearchPanel } from '../../../renderer/search/SearchPanel.tsx'
import { useStore } from '../../../renderer/store/use-store.ts'
import type { InputOf } from '../../../shared/contract/api.ts'
import type { SearchPage } from '../../../shared/contract/model.ts'
import { commit, composeAll, takenEnter } from '../composer/input-method.ts'
import { aMessage, aRoom } from '../../shared/contract/examples.ts'
import { stage } from '../stage.tsx'
import { aSnapshot } from '../window-bridge.ts'

const Sheet = () => (useStore(state => state.search !== null) ? <SearchPanel /> : <p>closed</p>)

const found = (numbers: number[], next: number | null = null): SearchPage => ({
  hits: numbers.map(n => ({
    message: aMessage(n, { content: `하트비트 ${n}` }),
    roomName: 'general',
  })),
  next,
})

const marks = () => [...document.querySelectorAll('mark')].map(mark => mark.textContent)

/** Opens the search over a cache that answers as `answer` says. */
const openSearch = async (answer: (input: InputOf<'searchMessages'>) => SearchPage, inRoom = false) => {
  const opened = await stage(<Sheet />, aSnapshot, { searchMessages: answer })
  const { openRoom, openSearch: open } = opened.store.getState()
  openRoom(aRoom('general').key)
  open(inRoom ? aRoom('general').key : undefined)
  await expect.element(field()).toHaveFocus()
  return opened
}

const field = () => page.getByRole('combobox', { name: 'Search rooms and messages' })
const options = () => page.getByRole('option')
const chosen = () => page.getByRole('option', { selected: true })

test('finds as the query is typed, marks the words, and Enter opens the hit in its room', async () => {
  const { store } = await openSearch(() => found([3, 2, 1]))
  await expect.element(page.getByText('Find a room or a message')).toBeVisible()
  await userEvent.keyboard('하트비트')
  await expect.element(page.getByText('3 messages')).toBeVisible()
  await expect.poll(marks).toEqual(Array.from({ length: 3 }, () => '하트비트'))
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}')
  await expect.element(chosen()).toMatchTextContent(/하트비트 2/u)
  expect(field().element().getAttribute('aria-activedescendant')).toBe(chosen().element().id)
  await userEvent.keyboard('{Enter}')
  await expect.poll(store.getState).toMatchObject({
    search: null,
    view: { name: 'room', room: aRoom('general').key, around: 'm2' },
  })
})

test('a click opens a hit as well', async () => {
  const { store } = await openSearch(() => found([3, 2, 1]))
  await userEvent.keyboard('하트')
  await userEvent.click(options().nth(2))
  await expect.poll(() => store.getState().view).toMatchObject({ around: 'm1' })
})

test('a hit in a room that was left opens nothing, and says why', async () => {
  const { bridge, store } = await openSearch(() => found([1]))
  bridge.tell({ name: 'roomChanged', payload: aRoom('general', { joined: false }) })
  await userEvent.keyboard('하트')
  await expect.element(options().first()).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect
    .poll(() => store.getState().toast)
    .toMatchObject({ text: expect.stringContaining('#general') as string })
  expect(store.getState().search).not.toBeNull()
})

test('Enter and Escape that belong to an input method neither open nor close', async () => {
  const { store } = await openSearch(() => found([1]))
  await composeAll('ㅎ', '하', '핱')
  await expect.element(options().first()).toBeVisible()
  await takenEnter()
  expect(store.getState().search).not.toBeNull()
  await commit('하트')
  await expect.element(field()).toHaveValue('하트')
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByText('closed')).toBeVisible()
})

test('a syllable is searched for with what it may become, and a hit that stays remains the chosen one', async () => {
  const { bridge } = await openSearch(({ isComposing }) => found(isComposing ? [3, 2, 1] : [2, 1]))
  await composeAll('ㅎ', '하', '핱', '하트')
  await expect.poll(marks).toEqual(Array.from({ length: 3 }, () => '하트'))
  await userEvent.hover(options().nth(1))
  await expect.element(chosen()).toMatchTextContent(/하트비트 2/u)
  await commit('하트')
  await expect.element(page.getByText('2 messages')).toBeVisible()
  await expect.element(chosen()).toMatchTextContent(/하트비트 2/u)
  await expect
    .poll(() => bridge.calls.filter(call => call.name === 'searchMessages').at(-1)?.input)
    .toEqual({ query: '하트', isComposing: false })
})

test('nothing is said to be missing before the syllable could no more become it', async () => {
  await openSearch(({ query }) => ('하트비트'.startsWith(query) ? found([1]) : found([])))
  await userEvent.keyboard('하트')
  await expect.element(options().first()).toBeVisible()
  await composeAll('ㅂ', '비')
  await expect.element(field()).toHaveValue('하트비')
  await expect.element(options().first()).toBeVisible()
  await composeAll('빚')
  await expect.element(page.getByText('No results for ‘하트빚’')).toBeVisible()
})

const rooms = [
  aRoom('general'),
  aRoom('1', { name: '다음-회의', unread: 2 }),
  aRoom('2', { name: '회의실-예약' }),
  aRoom('3', { name: '회의-기록', joined: false }),
]
const openSearchOfRooms = async (
  known = rooms,
  answer: () => SearchPage | Promise<SearchPage> = () => found([1]),
) => {
  const opened = await stage(<Sheet />, () => aSnapshot({ messenger: { rooms: known } }), {
    searchMessages: answer,
  })
  opened.store.getState().openSearch()
  await expect.element(field()).toHaveFocus()
  return opened
}
const texts = () =>
  options()
    .elements()
    .map(option => option.textContent)

test('rooms are found by their names, before the messages; Enter goes there', async () => {
  const { store } = await openSearchOfRooms()
  await composeAll('ㅎ', '회', '횡', '회의')
  await expect.element(page.getByRole('group', { name: 'Rooms' })).toBeVisible()
  await expect
    .poll(texts)
    .toEqual([
      expect.stringMatching(/^회의실-예약/u),
      expect.stringMatching(/^다음-회의.*2$/u),
      expect.stringMatching(/하트비트 1/u),
    ])
  await expect.poll(marks).toEqual(['회의', '회의'])
  await commit('회의')
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(chosen()).toMatchTextContent(/^다음-회의/u)
  await userEvent.keyboard('{Enter}')
  await expect.poll(store.getState).toMatchObject({ search: null, view: { room: 's1/1' } })
})

test('rooms do not wait for the search in messages, whose answer leaves the selection alone', async () => {
  const answer = Promise.withResolvers<SearchPage>()
  const { bridge, store } = await openSearchOfRooms(rooms, () => answer.promise)
  await userEvent.keyboard('회의')
  await expect.poll(texts).toHaveLength(2)
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(chosen()).toMatchTextContent(/^다음-회의/u)
  await expect.poll(() => bridge.calls.some(call => call.name === 'searchMessages')).toBe(true)
  answer.resolve(found([1]))
  await expect.poll(texts).toHaveLength(3)
  await expect.element(chosen()).toMatchTextContent(/^다음-회의/u)
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => store.getState().view).toMatchObject({ room: 's1/1' })
})

test('initials find a room; the arrow keys go on to the messages', async () => {
  const { store } = await openSearchOfRooms()
  await userEvent.keyboard('ㅎㅇㅅ')
  await expect.element(chosen()).toMatchTextContent(/^회의실-예약/u)
  await expect.poll(texts).toHaveLength(2)
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(chosen()).toMatchTextContent(/하트비트 1/u)
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => store.getState().view).toMatchObject({ room: aRoom('general').key, around: 'm1' })
})

test('in one room no other rooms are found', async () => {
  await openSearch(() => found([1]), true)
  await userEvent.keyboard('gen')
  await expect.element(options().first()).toBeVisible()
  expect(page.getByRole('group', { name: 'Rooms' }).elements()).toEqual([])
})

test('looks in the room or everywhere, and says where else to look', async () => {
  const { bridge } = await openSearch(({ room }) => found(room ? [] : [1]), true)
  await expect.element(page.getByRole('radio', { name: 'general' })).toBeChecked()
  await userEvent.keyboard('하트')
  await expect.element(page.getByText('No results for ‘하트’')).toBeVisible()
  await userEvent.click(page.getByRole('button', { name: 'Search all rooms' }))
  await expect.element(options().first()).toBeVisible()
  await expect.element(page.getByRole('radio', { name: 'All rooms' })).toBeChecked()
  await expect.element(field()).toHaveFocus()
  // On a slow machine the first syllable alone is searched for as well.
  await expect
    .poll(() => bridge.inputsOf('searchMessages').slice(-2))
    .toMatchObject([{ query: '하트', room: aRoom('general').key }, { query: '하트' }])
})

test('where to look is one tab stop, and the arrow keys choose', async () => {
  const { store } = await openSearch(() => found([]), true)
  await userEvent.keyboard('{Tab}{Tab}')
  await expect.element(page.getByRole('radio', { name: 'general' })).toHaveFocus()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.element(page.getByRole('radio', { name: 'All rooms' })).toBeChecked()
  await expect.poll(() => store.getState().search).toEqual({ room: null })
})

test('reads more hits as the list is scrolled', async () => {
  const numbers = (from: number): number[] => Array.from({ length: 30 }, (_, at) => from - at)
  await openSearch(({ before }) => (before === undefined ? found(numbers(60), 31) : found(numbers(30))))
  await userEvent.keyboard('하트')
  await expect.element(page.getByText('More than 30 messages')).toBeVisible()
  page.getByRole('listbox').element().scrollBy(0, 5000)
  await expect.element(page.getByText('60 messages')).toBeVisible()
  await expect.poll(() => options().elements()).toHaveLength(60)
})

test('the field is emptied by its button, a failure is told', async () => {
  const { bridge } = await openSearch(() => {
    throw new Error('broken')
  })
  await userEvent.keyboard('하트')
  await expect.element(page.getByText('The search failed')).toBeVisible()
  await userEvent.click(page.getByRole('button', { name: 'Clear' }))
  await expect.element(page.getByText('Find a room or a message')).toBeVisible()
  await expect.element(field()).toHaveFocus()
  expect(bridge.calls.filter(call => call.name === 'searchMessages')).toHaveLength(1)
})

test('of many rooms five are shown, and an entry that shows the others', async () => {
  const many = Array.from({ length: 9 }, (_, n) => aRoom(`회의-${n + 1}`))
  const { store } = await openSearchOfRooms(many)
  await userEvent.keyboard('회의')
  await expect.element(page.getByRole('option', { name: 'Show 4 more rooms' })).toBeVisible()
  await expect.poll(() => texts().length).toBe(7)
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}')
  await expect.poll(() => texts().length).toBe(10)
  await expect.element(options().nth(5)).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => store.getState().view).toMatchObject({ room: aRoom('회의-6').key })
})
