import { expect, test } from 'vitest'
import { createEchoes, echoDeadline } from '../../../../shared/core/messages/echoes.ts'
import { expectLinear } from '../../text/growth.ts'
import { general, id, live, random } from '../message-cache/fixtures.ts'

const me = { names: ['지우', 'jiwoo'], id: null }
/** A room in which these messages have been sent, by name and text. */
const having = (...sent: [name: string, content: string][]) => {
  const echoes = createEchoes()
  for (const [name, content] of sent) echoes.sent({ room: general, id: id(name), content }, 0)
  return echoes
}
const echo = (content: string, change: Parameters<typeof live>[2] = {}) =>
  live('theirs', 1, { sender: '지우', content, receivedAt: 1, ...change })

test('an own text under another id is recognised as the sent message, once', () => {
  const echoes = having(['mine', '안녕'])
  const arrived = echo('안녕', { mentionsMe: true })
  expect(echoes.recognise(arrived, me)).toMatchObject({ id: 'mine', own: true, mentionsMe: false })
  expect(echoes.recognise(arrived, me)).toMatchObject({ id: 'theirs', own: true, mentionsMe: false })
})

test.each<[sent: string, echo: string]>([
  ['Tom & Jerry <3', 'Tom &amp; Jerry &lt;3'],
  ['it\'s "so"', 'it&#39;s &quot;so&#x22;'],
  ['  한 줄\r\n두 줄  ', '한 줄\n두 줄'],
  ['카페 e\u0301', '카페 \u00e9'],
  ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
  ['안녕 😀!', '안녕 ?!'],
  ['안녕 😀!', '안녕 ????!'],
  ['안녕 😀', '안녕 \ufffd\ufffd'],
  ['안녕하세요', '?????'],
  ['this damn thing? yes?', 'this **** thing? yes?'],
])('%j is recognised in %j', (sent, back) => {
  expect(having(['other', 'quite another text'], ['mine', sent]).recognise(echo(back), me).id).toBe('mine')
})

test.each<[sent: string, other: string]>([
  ['안녕', '안녕!'],
  ['hello', '?'],
  ['a?', 'b?'],
  ['네', '네 ????????'],
  ['', '?'],
])('%j is not recognised in %j', (sent, other) => {
  expect(having(['mine', sent]).recognise(echo(other), me).id).toBe('theirs')
})

test('the login as the sender is the person, and the sender may be missing', () => {
  expect(having(['mine', '안녕']).recognise(echo('안녕', { sender: 'jiwoo' }), me).id).toBe('mine')
  expect(having(['mine', '안녕']).recognise(echo('안녕', { sender: '' }), me).id).toBe('mine')
  const unknown = echo('안녕', { sender: '' })
  expect(having().recognise(unknown, me)).toBe(unknown)
})

test('the person is known by the id and the name of the profile, even escaped', () => {
  const self = { names: ['지우', 'Jiwoo & <Co>'], id: '17' }
  const named = echo('안녕', { sender: ' Jiwoo &amp; &lt;Co&gt; ', senderId: null })
  expect(having(['mine', '안녕']).recognise(named, self).id).toBe('mine')
  const renamed = echo('안녕', { sender: 'someone', senderId: '17' })
  expect(having(['mine', '안녕']).recognise(renamed, self)).toMatchObject({ id: 'mine', own: true })
  const other = echo('안녕', { sender: '지우', senderId: '18' })
  expect(having(['mine', '안녕']).recognise(other, self)).toBe(other)
})

test('messages of others, and in other rooms, are not mistaken for it', () => {
  const echoes = having(['mine', '안녕'])
  const other = echo('안녕', { sender: '민준' })
  expect(echoes.recognise(other, me)).toBe(other)
  expect(echoes.recognise(echo('안녕', { room: random }), me).id).toBe('theirs')
})

test('messages from the person’s other devices are their own: by name, and by id once an echo has shown it', () => {
  const echoes = having(['mine', '안녕'])
  expect(echoes.recognise(echo('밖이야', { senderId: '17' }), me)).toMatchObject({ id: 'theirs', own: true })
  echoes.recognise(echo('안녕', { senderId: '17' }), me)
  expect(echoes.recognise(echo('나도', { senderId: '17', sender: '새 이름' }), me).own).toBe(true)
  const namesake = echo('나도', { senderId: '18' })
  expect(echoes.recognise(namesake, me)).toBe(namesake)
})

test('an echo with its id is recognised by the id, and the same text sent twice stays two messages', () => {
  const echoes = having(['one', 'ㅋㅋ'], ['two', 'ㅋㅋ'])
  expect(echoes.recognise(live('two', 1, { content: 'ㅋㅋ' }), me)).toMatchObject({ id: 'two', own: true })
  expect(echoes.recognise(echo('ㅋㅋ'), me).id).toBe('one')
  expect(echoes.recognise(echo('ㅋㅋ'), me).id).toBe('theirs')
})

test('the same text after a while is a new message', () => {
  const late = echo('응', { receivedAt: echoDeadline })
  expect(having(['mine', '응']).recognise(late, me).id).toBe('theirs')
})

test('a server that never echoes does not fill the memory', () => {
  const echoes = having(...Array.from({ length: 1000 }, (_, n): [string, string] => [`m${n}`, `text ${n}`]))
  expect(echoes.recognise(echo('text 0'), me).id).toBe('theirs')
  expect(echoes.recognise(echo('text 999'), me).id).toBe('m999')
})

test('the comparison takes linear time', () => {
  for (const unit of ['a?', '?', '&amp;', 'e\u0301', ' '])
    expectLinear(
      text => having(['mine', `${text}x`]).recognise(echo(`${text}y`), me),
      size => unit.repeat(size / unit.length),
    )
})
