import { expect, test } from 'vitest'
import { createEchoes } from '../../../shared/core/echoes.ts'
import { general, id, live, random } from './message-cache/fixtures.ts'

const sent = (name: string, content: string) => ({ room: general, id: id(name), content })

test('what comes back under another id, with the same name and text, is the message that went out; once', () => {
  const echoes = createEchoes()
  echoes.sent(sent('mine', '안녕'))
  const echo = live('theirs', 1, { sender: '지우', content: '안녕', mentionsMe: true })
  expect(echoes.recognise(echo, '지우')).toMatchObject({ id: 'mine', own: true, mentionsMe: false })
  expect(echoes.recognise(echo, '지우')).toBe(echo)
})

test('a server that names no sender echoes, too', () => {
  const echoes = createEchoes()
  echoes.sent(sent('mine', '안녕'))
  expect(echoes.recognise(live('theirs', 1, { sender: '', content: '안녕' }), '지우').id).toBe('mine')
})

test('others, other texts and other rooms are not taken for it', () => {
  const echoes = createEchoes()
  echoes.sent(sent('mine', '안녕'))
  for (const other of [
    live('x', 1, { sender: '민준', content: '안녕' }),
    live('x', 1, { sender: '지우', content: '안녕!' }),
    live('x', 1, { sender: '지우', content: '안녕', room: random }),
  ]) {
    expect(echoes.recognise(other, '지우')).toBe(other)
  }
})

test('an echo with its id is told by that, and the same text sent twice is two', () => {
  const echoes = createEchoes()
  echoes.sent(sent('one', 'ㅋㅋ'))
  echoes.sent(sent('two', 'ㅋㅋ'))
  expect(echoes.recognise(live('two', 1, { content: 'ㅋㅋ' }), '지우')).toMatchObject({
    id: 'two',
    own: true,
  })
  expect(echoes.recognise(live('x', 1, { sender: '지우', content: 'ㅋㅋ' }), '지우').id).toBe('one')
  expect(echoes.recognise(live('y', 1, { sender: '지우', content: 'ㅋㅋ' }), '지우').id).toBe('y')
})

test('a server that never echoes fills no memory', () => {
  const echoes = createEchoes()
  for (let n = 0; n < 1000; n++) echoes.sent(sent(`m${n}`, `text ${n}`))
  expect(echoes.recognise(live('x', 1, { sender: '지우', content: 'text 0' }), '지우').id).toBe('x')
  expect(echoes.recognise(live('x', 1, { sender: '지우', content: 'text 999' }), '지우').id).toBe('m999')
})
