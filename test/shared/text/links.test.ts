import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linksIn } from '../../../shared/text/links.ts'
import { expectLinear, hostileTexts } from './growth.ts'

const most = 500
const links = (text: string): string[] => linksIn(text, most).map(({ start, end }) => text.slice(start, end))

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
  // Hangul after a delimiter belongs to the address.
  ['https://namu.wiki/w/도', ['https://namu.wiki/w/도']],
  ['https://example.com/find?q=가', ['https://example.com/find?q=가']],
  ['https://ko.wiktionary.org/wiki/이', ['https://ko.wiktionary.org/wiki/이']],
  ['https://ko.wikipedia.org/wiki/서울_(도시)에서', ['https://ko.wikipedia.org/wiki/서울_(도시)']],
  ['https://a.example/b#가-나 다', ['https://a.example/b#가-나']],
  ['https://ja.wikipedia.org/wiki/日本', ['https://ja.wikipedia.org/wiki/日本']],
  ['https://한글.한국/가', ['https://한글.한국/가']],
  ['https://www.한국.kr', ['https://www.한국.kr']],
  ['https://emoji.example/🎉', ['https://emoji.example/🎉']],
  // Bare addresses, and Markdown around them.
  ['www.naver.com에서 봐', ['www.naver.com']],
  ['주소는www.naver.com/a입니다', ['www.naver.com/a']],
  ['WWW.Naver.com.', ['WWW.Naver.com']],
  ['www. www.a www..com a.www.b.c me@www.b.c', []],
  ['**https://a.example/b**는', ['https://a.example/b']],
  ['__https://a.example/b_c__', ['https://a.example/b_c']],
  ['~~https://a.example~~', ['https://a.example']],
  ['[https://a.example/b](https://c.example)', ['https://a.example/b', 'https://c.example']],
  // After Latin, a digit or a bracket it is text.
  ['https://example.com/docs참고하세요', ['https://example.com/docs']],
  ['https://example.com/a에서는', ['https://example.com/a']],
  ['https://example.com에서는', ['https://example.com']],
  ['https://example.com:8080에서', ['https://example.com:8080']],
  ['https://youtu.be/abc123보세요', ['https://youtu.be/abc123']],
  ['https://example.com/%EA%B0%80에서', ['https://example.com/%EA%B0%80']],
  ['(https://example.com/foo)에서', ['https://example.com/foo']],
  ['[문서](https://example.com/foo)를', ['https://example.com/foo']],
  ['https://example.com/fooを見て', ['https://example.com/foo']],
  ['https://example.com/foo🎉🎉', ['https://example.com/foo']],
  ['https://a.example/b→https://c.example/d', ['https://a.example/b', 'https://c.example/d']],
  // Punctuation of full width ends it.
  ['https://example.com/foo。', ['https://example.com/foo']],
  ['（https://example.com/foo）', ['https://example.com/foo']],
  ['「https://example.com/foo」라고', ['https://example.com/foo']],
  ['https://example.com/foo，다음', ['https://example.com/foo']],
  ['https://example.com/foo！', ['https://example.com/foo']],
  ['https://example.com/foo\u200b다음', ['https://example.com/foo']],
  ['https://example.com/\u202egpj.exe', ['https://example.com/']],
  ['<a href="javascript:alert(1)">https://a.lan/x</a>', ['https://a.lan/x']],
])('addresses in %s', (text, expected) => {
  expect(links(text)).toEqual(expected)
})

test('an address opens in its plain form', () => {
  expect(linksIn('https://한글.kr/a', most)).toEqual([
    { start: 0, end: 15, href: 'https://xn--bj0bj06e.kr/a', trueHost: null },
  ])
  expect(linksIn('www.한글.kr', most)).toMatchObject([
    { href: 'https://www.xn--bj0bj06e.kr/', trueHost: null },
  ])
})

test.each([
  ['https://google.com@evil.example/', 'evil.example'],
  ['https://google.com:443@evil.example:8443/', 'evil.example:8443'],
  ['www.gооgle.com', 'www.xn--ggle-55da.com'],
  ['https://evil.example\\@google.com/', null],
  ['https://gооgle.com/', 'xn--ggle-55da.com'],
  ['https://аррӏе.com/', 'xn--80ak6aa92e.com'],
  ['https://münchen.de', 'xn--mnchen-3ya.de'],
  ['https://ｇｏｏｇｌｅ.example/', 'google.example'],
  ['https://exa%6dple.com/', 'example.com'],
  ['http://3232235521/', '192.168.0.1'],
  ['http://0x7f.1/', '127.0.0.1'],
  ['https://example.com:443/', null],
  ['https://example.com:8443/', null],
  ['HTTPS://EXAMPLE.COM/', null],
  ['https://한글.kr/', null],
  ['https://xn--80ak6aa92e.com/', null],
  ['http://[::1]:7070/', null],
  ['mailto:me@example.com', null],
  ['mailto:ME@EXAMPLE.COM?subject=at%20a@b', null],
  ['mailto:a@example.com,b@example.org', null],
  ['mailto:gorby%25kremvax@example.com', null],
  ['mailto:지우@메일.한글.kr', null],
  ['mailto:me@[192.168.0.1]', null],
  ['mailto:me@xn--80ak6aa92e.com', null],
  ['mailto:me@gооgle.com', 'xn--ggle-55da.com'],
  ['mailto:a@example.com,b@аррӏе.com', 'xn--80ak6aa92e.com'],
  ['mailto:me@münchen.de?subject=hello', 'xn--mnchen-3ya.de'],
  ['mailto:me@exa%6dple.com', 'example.com'],
  ['mailto:me@0x7f.1', '127.0.0.1'],
  ['mailto:me@exa%20mple.com', null],
  ['mailto:me@exa%ffmple.com', null],
  ['mailto:me@example.com%2Cyou@evil.example', 'example.com'],
  ['mailto:me@example.com%40evil.example', 'evil.example'],
  ['mailto:me@example.com?bcc=you%40evil.example', 'evil.example'],
  ['mailto:me@example.com?C%43=you@gооgle.com', 'xn--ggle-55da.com'],
])('%s opens %s', (text, trueHost) => {
  expect(linksIn(text, most)).toMatchObject([{ start: 0, end: text.length, trueHost }])
})

test('an address that is too long to be opened stays text', () => {
  for (const path of ['a'.repeat(2_000), '가'.repeat(1_000)]) {
    const text = `https://a.example/${path}`
    expect(links(text)).toEqual([])
  }
})

test('every link is safe to open, whatever the text', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.constantFrom('https://', 'www.', 'mailto:a@b', 'javascript:x', ' ', ')', '](', '에서', '.', '@A'),
  )
  fc.assert(
    fc.property(fc.array(part), parts => {
      let done = 0
      for (const { start, end, href } of linksIn(parts.join(''), most)) {
        expect(href).toMatch(/^(https?|mailto):/u)
        expect(start).toBeGreaterThanOrEqual(done)
        expect(end).toBeGreaterThan(start)
        done = end
      }
    }),
  )
})

test.each([
  ['an address with brackets without end', `http://a.lan/${')'.repeat(250_000)}`],
  ['addresses without end', 'http://a.lan '.repeat(100_000)],
])('%s holds the window up no longer than any text', (_what, text) => {
  expect(links(text).length).toBeLessThanOrEqual(most)
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(text => linksIn(text, most), make)
})
