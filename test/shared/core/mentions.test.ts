import { expect, test } from 'vitest'
import { mentions } from '../../../shared/core/mentions.ts'
import { expectLinear, hostileTexts } from '../text/growth.ts'

test.each([
  ['@지우', '지우'],
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
])('%j names %j', (text, name) => {
  expect(mentions(text, name)).toBe(true)
})

test.each([
  ['지우', '지우'],
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
])('%j does not name %j', (text, name) => {
  expect(mentions(text, name)).toBe(false)
})

test.each(hostileTexts)('%s: the time grows with the text', (_what, make) => {
  expectLinear(text => mentions(text, '지우'), make)
  expectLinear(text => mentions(text, 'kim'), make)
})
