import { expect, test } from 'vitest'
import { longestPath, parseJsonPath, valueAt } from '../../../shared/contract/json-path.ts'

test.each([
  ['', []],
  ['$', []],
  ['content', ['content']],
  ['$.data.sender.name', ['data', 'sender', 'name']],
  ['보낸사람.이름', ['보낸사람', '이름']],
  ['rooms[0].id', ['rooms', 0, 'id']],
  ['$[2][1]', [2, 1]],
  ['["a.b"].c', ['a.b', 'c']],
  [' created at ', ['created at']],
])('“%s” is a path', (text, steps) => {
  expect(parseJsonPath(text)).toEqual(steps)
})

test.each([
  '.a',
  'a..b',
  'a.',
  'a[',
  'a[x]',
  'a]',
  'a[0]b',
  '"a"',
  'x'.repeat(longestPath + 1),
  'a.'.repeat(17) + 'a',
])('“%s” is none', text => {
  expect(parseJsonPath(text)).toBeNull()
})

test('a path leads to a value, and only to fields that the value itself has', () => {
  const body: unknown = JSON.parse('{"a":[{"이름":"지우"}],"n":null,"__proto__":{"x":1}}')
  const at = (text: string) => valueAt(body, parseJsonPath(text) ?? ['?'])
  expect(at('a[0].이름')).toBe('지우')
  expect(at('$')).toBe(body)
  expect(at('__proto__.x')).toBe(1)
  expect(['a[1].이름', 'n.x', 'toString', 'constructor.name', 'a[0].이름.length'].map(at)).toEqual(
    Array(5).fill(undefined),
  )
})
