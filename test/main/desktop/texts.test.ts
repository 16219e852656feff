import { expect, test } from 'vitest'
import { createTexts } from '../../../main/desktop/texts.ts'

test('follows the settings, also in texts that were taken before', () => {
  const texts = createTexts('en')
  const { t } = texts
  expect(t('quit')).toBe('Quit')
  texts.follow({ language: 'ko' })
  expect(t('quit')).toBe('종료')
  expect(texts.language()).toBe('ko')
  texts.follow({ language: 'system' })
  expect(t('quit')).toBe('Quit')
  expect(texts.language()).toBe('en')
})

test('explains an error in a sentence with what it is about', () => {
  const texts = createTexts('en')
  const error = { code: 'port-in-use', params: { port: 7070 } } as const
  expect(texts.explain(error)).toContain('port 7070')
  texts.follow({ language: 'ko' })
  expect(texts.explain(error)).toContain('7070번 포트')
})

test('shows names as they are', () => {
  expect(createTexts('en').t('hostName', { name: '<b>A&B</b>' })).toBe('<b>A&B</b>’s box')
})

test('counts', () => {
  const { t } = createTexts('en')
  expect([0, 1, 2].map(count => t('unread', { count }))).toEqual([
    'Stompbox',
    'Stompbox: 1 unread message',
    'Stompbox: 2 unread messages',
  ])
})
