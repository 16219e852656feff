import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Message } from '../../../../shared/contract/model.ts'
import { aMessage, aRoom, messages, stored } from '../../../shared/contract/examples.ts'
import { placeOfCharacter } from '../../../../renderer/messages/text/message-part.ts'
import { openRoom, row, shownRow } from '../open-room.tsx'

const room = aRoom('general').key
const textOf = (id: string): string => row(id)?.querySelector('p')?.textContent ?? ''
const own = (n: number, change: Partial<Omit<Message, 'id'>>): Message =>
  aMessage(n, { own: true, sender: '박지우', ...change })

test('HTML shows as it was typed, in the text, the sender’s name and the room’s', async () => {
  const html = `<img src=x onerror="document.title='broken into'"><b>bold</b>`
  await openRoom([aMessage(1, { content: html, sender: html })], { name: html, topic: html })
  await expect.poll(() => textOf('m1')).toBe(html)
  expect(document.querySelector('main img')).toBeNull()
  await expect.element(page.getByRole('heading', { name: html })).toBeVisible()
  expect(document.title).not.toBe('broken into')
})

test('an address opens outside, whichever way it is clicked; a script is only a text', async () => {
  const { bridge } = await openRoom([
    aMessage(1, { content: 'see https://stompbox.invalid/a?b=1 or javascript:alert(1)' }),
  ])
  const link = page.getByRole('link')
  await expect.element(link).toBeVisible()
  await expect.poll(() => link.elements()).toHaveLength(1)
  await userEvent.click(link)
  await userEvent.click(link, { button: 'middle' })
  await userEvent.click(link, { modifiers: ['Control'] })
  await expect
    .poll(() => bridge.inputsOf('openExternal'))
    .toEqual(Array.from({ length: 3 }, () => ({ url: 'https://stompbox.invalid/a?b=1' })))
  expect(location.href).not.toContain('stompbox.invalid')
})

test('an address that reads like another one shows its host, and asks before it opens', async () => {
  const { bridge } = await openRoom([aMessage(1, { content: 'see https://bank.example@evil.example/a' })])
  const link = page.getByRole('link', { name: 'https://bank.example@evil.example/a evil.example' })
  const dialog = page.getByRole('dialog', { name: 'Open evil.example?' })
  await userEvent.click(link)
  await expect.element(dialog).toBeVisible()
  await userEvent.click(page.getByRole('button', { name: 'Don’t open' }))
  await expect.element(dialog).not.toBeInTheDocument()
  await userEvent.click(link, { button: 'middle' })
  await expect.element(dialog).toBeVisible()
  expect(bridge.inputsOf('openExternal')).toEqual([])
  await userEvent.click(page.getByRole('button', { name: 'Open anyway' }))
  await expect
    .poll(() => bridge.inputsOf('openExternal'))
    .toEqual([{ url: 'https://bank.example@evil.example/a' }])
})

test('the mark after the last word tells how far an own message has got', async () => {
  const { bridge } = await openRoom([own(1, { delivery: 'queued' })])
  await expect.element(page.getByRole('img', { name: 'Waiting to be sent' })).toBeVisible()
  for (const [delivery, name] of [
    ['sent', 'Sent'],
    ['confirmed', 'Delivered to the server'],
  ] as const) {
    bridge.tell(stored(own(1, { delivery }), 'updated'))
    await expect.element(page.getByRole('img', { name })).toBeVisible()
  }
  await expect.poll(() => page.getByRole('img').elements()).toHaveLength(1)
})

test('a message that did not go out says why and is sent again, or taken back', async () => {
  const failed = own(1, {
    delivery: 'failed',
    failure: { code: 'server-error', params: { message: 'read only' } },
  })
  const { bridge } = await openRoom([failed])
  await expect.element(page.getByText('Not sent. The server refused: read only.')).toBeVisible()
  await userEvent.click(page.getByRole('button', { name: 'Retry' }))
  await userEvent.click(page.getByRole('button', { name: 'Discard' }))
  await expect
    .poll(() => bridge.calls.filter(({ name }) => name.endsWith('Message')))
    .toEqual(['retryMessage', 'discardMessage'].map(name => ({ name, input: { room, id: 'm1' } })))
  bridge.tell(stored(failed, 'removed'))
  await expect.poll(() => row('m1')).toBeNull()
})

test('a message that nothing confirms says so in place of its mark, and is sent again', async () => {
  const sent = own(1, { delivery: 'sent' })
  const { bridge } = await openRoom([sent])
  await expect.element(page.getByRole('img', { name: 'Sent' })).toBeVisible()
  bridge.tell(stored({ ...sent, failure: { code: 'not-confirmed' } }, 'updated'))
  await expect.element(page.getByText(/^Not confirmed/)).toBeVisible()
  await expect.element(page.getByRole('img', { name: 'Sent' })).not.toBeInTheDocument()
  await userEvent.click(page.getByRole('button', { name: 'Send again' }))
  await expect.poll(() => bridge.inputsOf('retryMessage')).toEqual([{ room, id: 'm1' }])
})

test('the menu of a message that waits takes it back, and that of one that failed sends it again too', async () => {
  const { bridge } = await openRoom([
    own(1, { delivery: 'queued' }),
    own(2, { delivery: 'failed', failure: { code: 'server-hangs-up', params: { host: 'box' } } }),
    own(3, { delivery: 'confirmed' }),
    own(4, { delivery: 'sent', failure: { code: 'not-confirmed' } }),
  ])
  const entries = () =>
    page
      .getByRole('menuitem')
      .elements()
      .map(({ textContent }) => textContent)
  for (const [id, expected] of [
    ['m1', ['Copy text', 'Discard']],
    ['m2', ['Copy text', 'Retry', 'Edit', 'Discard']],
    ['m3', ['Copy text']],
    ['m4', ['Copy text', 'Send again']],
  ] as const) {
    await userEvent.click(await shownRow(id), { button: 'right' })
    await expect.poll(() => entries().slice(0, expected.length)).toEqual(expected)
    if (id === 'm2') await userEvent.click(page.getByRole('menuitem', { name: 'Retry' }))
    else await userEvent.keyboard('{Escape}')
    await expect.element(page.getByRole('menu')).not.toBeInTheDocument()
  }
  await expect.poll(() => bridge.inputsOf('retryMessage')).toEqual([{ room, id: 'm2' }])
})

test.each(['note', 'menu'])(
  'a refused message is edited in the composer, before what is there already: %s',
  async from => {
    const { bridge } = await openRoom([
      own(1, { delivery: 'failed', failure: { code: 'not-allowed' }, content: '**초안**' }),
    ])
    const field = page.getByRole('textbox')
    await userEvent.fill(field, '다음 문장')
    if (from === 'menu') await userEvent.click(await shownRow('m1'), { button: 'right' })
    await userEvent.click(page.getByRole(from === 'menu' ? 'menuitem' : 'button', { name: 'Edit' }))
    await expect.element(field).toHaveValue('**초안**\n다음 문장')
    await expect.poll(() => bridge.inputsOf('discardMessage')).toEqual([{ room, id: 'm1' }])
    expect(bridge.inputsOf('saveDraft').at(-1)).toEqual({ room, text: '**초안**\n다음 문장' })
  },
)

test('the menu of a message copies its text, what is selected of it, and an address in it', async () => {
  const content = 'first line\nhttps://stompbox.invalid/'
  const { bridge } = await openRoom([aMessage(1, { content }), aMessage(2)])
  const copied = () => bridge.inputsOf('copyText')

  await userEvent.click(page.getByText('message 2'), { button: 'right' })
  await userEvent.click(page.getByRole('menuitem', { name: 'Copy text' }))
  await expect.poll(copied).toEqual([{ text: 'message 2' }])

  await userEvent.click(page.getByRole('link'), { button: 'right' })
  await userEvent.click(page.getByRole('menuitem', { name: 'Copy link' }))
  await expect.poll(() => copied()[1]).toEqual({ text: 'https://stompbox.invalid/' })

  const paragraph = row('m2')?.querySelector('p')?.firstChild
  if (!paragraph) throw new Error('no text')
  getSelection()?.setBaseAndExtent(paragraph, 0, paragraph, 7)
  await userEvent.click(page.getByText('message 2'), { button: 'right', position: { x: 10, y: 10 } })
  await userEvent.click(page.getByRole('menuitem', { name: 'Copy text' }))
  await expect.poll(() => copied()[2]).toEqual({ text: 'message' })
})

test('the menu of a formatted message copies the text that is shown, and the Markdown that was written', async () => {
  const content = '**오늘** 3시\n- [회의록](https://docs.invalid/a)\n- `npm test`'
  const { bridge } = await openRoom([aMessage(1, { content }), aMessage(2, { content: '2 * 3 = 6' })])
  const copied = () => bridge.inputsOf('copyText')
  const open = async (id: string) => userEvent.click(await shownRow(id), { button: 'right' })
  const asMarkdown = page.getByRole('menuitem', { name: 'Copy as Markdown' })

  await open('m1')
  await userEvent.click(asMarkdown)
  await expect.poll(copied).toEqual([{ text: content }])
  await open('m1')
  await userEvent.click(page.getByRole('menuitem', { name: 'Copy text' }))
  await expect.poll(() => copied()[1]).toEqual({ text: '오늘 3시\n회의록\nnpm test' })

  await open('m2')
  await expect.element(page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible()
  await expect.element(asMarkdown).not.toBeInTheDocument()
})

test('what is copied is the whole text; a selection in another message has no say', async () => {
  const { bridge } = await openRoom([
    aMessage(1, { content: 'other' }),
    own(2, { content: '끝 🙂', delivery: 'confirmed' }),
  ])
  const select = (id: string): void => {
    const paragraph = row(id)?.querySelector('p')
    if (!paragraph) throw new Error('no text')
    getSelection()?.selectAllChildren(paragraph)
  }
  const second = await shownRow('m2')
  select('m2')
  await expect.poll(() => getSelection()?.toString()).toBe('끝 🙂')
  select('m1')
  second.focus()
  await userEvent.keyboard('{ContextMenu}')
  await userEvent.click(page.getByRole('menuitem', { name: 'Copy text' }))
  await expect.poll(() => bridge.inputsOf('copyText')).toEqual([{ text: '끝 🙂' }])
})

test('Arabic and Hebrew run from the right, each paragraph by itself', async () => {
  await openRoom([aMessage(1, { content: 'שלום!\nhello!\nمرحبا!', sender: 'שרה' })])
  const message = await shownRow('m1')
  const at = (text: string) => placeOfCharacter(message, textOf('m1').indexOf(text))
  const width = message.querySelector('p')?.getBoundingClientRect()
  // The first letter of a paragraph is at the side where the paragraph begins.
  expect(at('ש')?.right).toBeCloseTo(width?.right ?? 0, -1)
  expect(at('h')?.left).toBeCloseTo(width?.left ?? 0, -1)
  expect(at('م')?.right).toBeCloseTo(width?.right ?? 0, -1)
  expect(getComputedStyle(message.querySelector('header b') ?? message).direction).toBe('rtl')
  const composer = page.getByRole('textbox')
  await userEvent.fill(composer, 'שלום')
  await expect.poll(() => getComputedStyle(composer.element()).direction).toBe('rtl')
})

test('stacked marks stay in their row', async () => {
  await openRoom([
    aMessage(1, { content: 'above' }),
    aMessage(2, { content: `Z${'\u0301\u0316'.repeat(40)}algo` }),
  ])
  const style = getComputedStyle((await shownRow('m2')).querySelector('p') ?? document.body)
  expect(style.overflowY).toBe('clip')
  expect(style.overflowX).toBe('visible')
})

test('a mention stands out; a stranger’s type of message does not show; comings are one line', async () => {
  await openRoom([
    aMessage(1, { content: '@박지우 안녕', mentionsMe: true }),
    aMessage(2, { type: 'REACTION', content: '👍' }),
    aMessage(6, { type: 'REPLY', content: 'from a later version' }),
    aMessage(3, { type: 'JOIN', sender: '<b>A</b>' }),
    aMessage(4, { type: 'JOIN', sender: 'B' }),
    aMessage(5, { type: 'JOIN', sender: 'C' }),
  ])
  await expect.element(page.getByText('<b>A</b>, B and 1 other joined')).toBeVisible()
  expect(row('m1')?.dataset).toHaveProperty('mention')
  await expect.element(page.getByText('@박지우', { exact: true })).toBeVisible()
  expect(row('m2')).toBeNull()
  expect(textOf('m6')).toBe('This message needs a newer version of Stompbox')
})

test('long words break, line breaks stay, a closing emoji stays with its word', async () => {
  const { bridge } = await openRoom([
    aMessage(1, { content: 'x'.repeat(500) }),
    aMessage(2, { content: 'one\n  two' }),
    aMessage(3, { content: '끝 🙂' }),
  ])
  await expect.poll(() => textOf('m2')).toBe('one\n  two')
  const paragraph = row('m1')?.querySelector('p')
  expect(paragraph?.scrollWidth).toBe(paragraph?.clientWidth)
  expect(row('m2')?.querySelector('p')?.clientHeight).toBe(44)
  expect(textOf('m3')).toBe('끝 🙂')
  const wide = '가'.repeat(200)
  const linesOf = (id: string): number => (row(id)?.querySelector('p')?.clientHeight ?? 0) / 22
  bridge.tell(stored(aMessage(4, { content: `${wide} 끝 🙂` })))
  await expect.poll(() => textOf('m4')).toBe(`${wide} 끝 🙂`)
  expect(linesOf('m4')).toBeGreaterThan(1)
  // However narrow the line: the emoji has its word beside it.
  const paragraph4 = row('m4')?.querySelector('p')
  const place = (text: string): DOMRect => {
    const at = textOf('m4').lastIndexOf(text)
    const rect = placeOfCharacter(row('m4') ?? document.body, at)
    if (!rect) throw new Error('no such character')
    return rect
  }
  for (let width = 300; width < 340; width += 3) {
    if (paragraph4) paragraph4.style.width = `${width}px`
    expect(Math.abs(place('🙂').top - place('끝').top)).toBeLessThan(11)
  }
})

test('a page that can not be read says so, and is read on request', async () => {
  let isBroken = true
  await openRoom(
    [],
    {},
    {
      listMessages: () => {
        if (isBroken) throw new Error('broken')
        return { messages: messages(1, 3), hasEarlier: false, hasLater: false }
      },
    },
  )
  await expect.element(page.getByRole('alert')).toMatchTextContent(/^The messages could not be loaded/u)
  isBroken = false
  await userEvent.click(page.getByRole('button', { name: 'Try again' }))
  await expect.element(page.getByText('message 3')).toBeVisible()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})
