import { expect, test } from 'vitest'
import { markdownOf, mentions } from '../../../shared/text/markdown.ts'
import { expectLinear, hostileTexts } from './growth.ts'

const found = (text: string, name: string): number =>
  JSON.stringify(markdownOf(text, name)).split('"kind":"mention"').length - 1

test.each([
  ['@지우', '지우'],
  ['**@지우**님', '지우'],
  ['> @지우 님', '지우'],
  ['- [ ] @지우', '지우'],
  ['@kim_2_3', 'kim_2_3'],
  ['안녕 @지우!', '지우'],
  ['@지우님 확인 부탁드려요', '지우'],
  ['@지우님이 왔어요', '지우'],
  ['@지우야', '지우'],
  ['@지우랑은 이미 얘기했어', '지우'],
  ['@지우에게도', '지우'],
  ['@지우 씨', '지우'],
  ['@민준이가 그랬어', '민준'],
  ['(@지우)', '지우'],
  ['@Kim님', 'kim'],
  ['@KIM, look', 'Kim'],
  ['@Kim Minjun: look', 'Kim Minjun'],
  ['cc @kim\n@lee', 'lee'],
  ['@지우'.normalize('NFD'), '지우'],
  ['@José', 'José'.normalize('NFD')],
  ['@kimchi or @kim', 'kim'],
  ['@a.b', 'a.b'],
  ['＠ｋｉｍ', 'kim'],
  ['@지\u200b우', '지우'],
  ['@Straße', 'strasse'],
])('%j names %j', (text, name) => {
  expect(mentions(text, name)).toBe(true)
  expect(found(text, name)).toBe(1)
})

test.each([
  ['지우', '지우'],
  ['`@지우`', '지우'],
  ['```\n@지우\n```', '지우'],
  ['[@지우](https://a.example)', '지우'],
  ['@지우개', '지우'],
  ['@지우개님', '지우'],
  ['@kimchi', 'kim'],
  ['@kim_2', 'kim'],
  ['@kim2', 'kim'],
  ['mail@kim', 'kim'],
  ['메일@지우', '지우'],
  ['@ 지우', '지우'],
  ['@지우', ''],
  ['@지우', '   '],
  ['', '지우'],
  ['@axb', 'a.b'],
  ['me@jiwoo.example', 'jiwoo'],
  ['mailto:me@jiwoo.example', 'jiwoo'],
  ['https://a.example/@jiwoo', 'jiwoo'],
  ['@Jose', 'José'],
])('%j does not name %j', (text, name) => {
  expect(mentions(text, name)).toBe(false)
  expect(found(text, name)).toBe(0)
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(text => mentions(text, '지우'), make)
  expectLinear(text => mentions(text, 'kim'), make)
})
