import { expect, test } from 'vitest'
import { asSentence } from '../../../renderer/i18n/sentence.ts'

test.each([
  ['The server refused: Too many connections', 'The server refused: Too many connections.'],
  ['서버가 거절했어요: no', '서버가 거절했어요: no.'],
  ['The server refused: down for repair (all day) ', 'The server refused: down for repair (all day).'],
])('%s gets its full stop', (text, sentence) => {
  expect(asSentence(text)).toBe(sentence)
})

test.each(['Done.', '연결이 끊겼어요.', 'Really?', 'Wait…', 'It said “no.”', '終わり。'])(
  '%s has its end',
  text => {
    expect(asSentence(text)).toBe(text)
  },
)
