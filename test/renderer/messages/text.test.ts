import fc from 'fast-check'
import { expect, test } from 'vitest'
import { segmentsOf } from '../../../renderer/messages/text.ts'
import { expectLinear, hostileTexts } from '../../shared/text/growth.ts'

const links = (text: string): string[] =>
  segmentsOf(text, null).flatMap(segment => (segment.kind === 'link' ? [segment.text] : []))

test.each([
  ['see https://stompbox.invalid/a.', ['https://stompbox.invalid/a']],
  ['(https://stompbox.invalid/a_(b))', ['https://stompbox.invalid/a_(b)']],
  ['“http://192.168.0.14:7070/stomp”', ['http://192.168.0.14:7070/stomp']],
  [
    'http://wiki.hanbit.lan/notes?lang=ko&rev=14#알려진-문제와-해결-방법',
    ['http://wiki.hanbit.lan/notes?lang=ko&rev=14#알려진-문제와-해결-방법'],
  ],
  ['http://wiki.lan/notes에서 봐요', ['http://wiki.lan/notes']],
  ['주소는 https://stompbox.invalid입니다.', ['https://stompbox.invalid']],
  ['write to mailto:box@hanbit.lan!', ['mailto:box@hanbit.lan']],
  ['HTTPS://STOMPBOX.INVALID and http://b.lan', ['HTTPS://STOMPBOX.INVALID', 'http://b.lan']],
  ['no https:// and no mailto:nobody here', []],
  ['javascript:alert(1) data:text/html,x file:///etc/passwd', []],
  ['xhttps://a.lan', []],
  ['<a href="javascript:alert(1)">https://a.lan/x</a>', ['https://a.lan/x']],
])('addresses in %s', (text, expected) => {
  expect(links(text)).toEqual(expected)
})

test('an address opens in its plain form, and shows as typed', () => {
  expect(segmentsOf('https://한글.kr/a', null)).toEqual([
    { kind: 'link', text: 'https://한글.kr/a', href: 'https://xn--bj0bj06e.kr/a' },
  ])
})

test('the own name stands out, also before a particle, but not in an address', () => {
  expect(segmentsOf('@박지우님, https://a.lan/@박지우 @박지우', '박지우')).toEqual([
    { kind: 'mention', text: '@박지우' },
    { kind: 'text', text: '님, ' },
    { kind: 'link', text: 'https://a.lan/@박지우', href: 'https://a.lan/@%EB%B0%95%EC%A7%80%EC%9A%B0' },
    { kind: 'text', text: ' ' },
    { kind: 'mention', text: '@박지우' },
  ])
  expect(segmentsOf('@박지우', null)).toEqual([{ kind: 'text', text: '@박지우' }])
})

test('the pieces are the text, and every link is safe to open, whatever the text', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.constantFrom('https://', 'mailto:a@b', 'javascript:x', ' ', ')', '에서', '.', '@A'),
  )
  fc.assert(
    fc.property(fc.array(part), parts => {
      const text = parts.join('')
      const segments = segmentsOf(text, 'A')
      expect(segments.map(segment => segment.text).join('')).toBe(text)
      for (const segment of segments) {
        if (segment.kind === 'link') expect(segment.href).toMatch(/^(https?|mailto):/u)
      }
    }),
  )
})

test.each([
  ['an address with brackets without end', `http://a.lan/${')'.repeat(250_000)}`],
  ['names without end', '@A '.repeat(300_000)],
  ['addresses without end', 'http://a.lan '.repeat(100_000)],
])('%s holds the window up no longer than any text', (_what, text) => {
  const segments = segmentsOf(text, 'A')
  expect(segments.length).toBeLessThan(2000)
  expect(segments.map(segment => segment.text).join('')).toBe(text)
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(text => segmentsOf(text, '지우'), make)
})
