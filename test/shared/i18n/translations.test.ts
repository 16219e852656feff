import { expect, test } from 'vitest'
import { createTranslator, languageOf, languages } from '../../../shared/i18n/index.ts'
import { en } from '../../../shared/i18n/en/index.ts'
import { ko } from '../../../shared/i18n/ko/index.ts'

/** Every text under its path, such as `servers.banner.off`. */
const textsOf = (node: object, path = ''): [path: string, text: string][] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string'
      ? [[`${path}${key}`, value]]
      : typeof value === 'object' && value
        ? textsOf(value, `${path}${key}.`)
        : [],
  )
const english = new Map(textsOf(en))
const korean = new Map(textsOf(ko))
const placeholders = (text = ''): string[] =>
  [...text.matchAll(/\{\{(?:- )?\w+\}\}/g)].map(([name]) => name).sort()

test('both languages have the same texts, none of them empty', () => {
  expect([...korean.keys()].sort()).toEqual([...english.keys()].sort())
  expect([...english, ...korean].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('a text takes the same parameters in both languages', () => {
  for (const [path, text] of english)
    expect([path, placeholders(korean.get(path))]).toEqual([path, placeholders(text)])
})

test('Korean is composed (NFC)', () => {
  for (const text of korean.values()) expect(text).toBe(text.normalize('NFC'))
})

test.each(['en', 'ko'] as const)(
  'a name that is taken can be freed, by the button that is named (%s)',
  language => {
    const { t } = createTranslator(language)
    expect(t('errors:name-taken', { name: 'Ada' })).toContain(t('host:freeName'))
  },
)

test('a parameter is taken as it is: React and the menus escape by themselves', () => {
  const { t } = createTranslator('ko')
  expect(t('servers:removeTitle', { name: '<b>A & B</b>' })).toBe('‘<b>A & B</b>’ 서버를 삭제할까요?')
})

test.each(languages)(
  'a name keeps to itself in a sentence, and is its own text in a new name (%s)',
  language => {
    const [screen, terminal] = [createTranslator(language), createTranslator(language, 'terminal')]
    const name = '\u05d3\u05e0\u05d9'
    expect(screen.t('servers:removeTitle', { name })).toContain(`\u2068${name}\u2069`)
    expect(screen.t('servers:removeTitle', { name: 'Eve\u202e' })).toContain('\u2068Eve\u2069')
    expect(screen.t('firstRun:boxName', { name })).toMatch(/^\u05d3\u05e0\u05d9[^\u2069]/)
    expect(terminal.t('servers:removeTitle', { name })).not.toMatch(/[\u2066-\u2069]/)
  },
)

test.each([
  ['ko', 'ko'],
  ['ko-KR', 'ko'],
  ['KO', 'ko'],
  ['en-GB', 'en'],
  ['de', 'en'],
  ['kok-IN', 'en'],
])('the locale %s comes down to %s', (locale, language) => {
  expect(languageOf(locale)).toBe(language)
  expect(languages).toContain(language)
})
