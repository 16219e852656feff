import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTypingNews } from '../../../renderer/composer/typing-news.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** What is told when a key is pressed every 100 ms for 4 s. */
const typeOn = () => {
  const told: boolean[] = []
  const news = createTypingNews(typing => told.push(typing))
  for (let key = 0; key < 40; key++) {
    news.typed(true)
    vi.advanceTimersByTime(100)
  }
  return { news, told }
}

test('who types on is told so once a second', () => {
  expect(typeOn().told).toEqual([true, true, true, true])
})

test('the end of it is told at once, and so is the next beginning', () => {
  const { news, told } = typeOn()
  told.length = 0
  news.typed(false)
  news.typed(true)
  expect(told).toEqual([false, true])
})

test('after a message is sent, the next key is told at once', () => {
  const { news, told } = typeOn()
  told.length = 0
  news.typed(true)
  news.typed(true)
  news.sent()
  news.typed(true)
  expect(told).toEqual([true, true])
})
