import { expect, test } from 'vitest'
import { createInvites, linkIn } from '../../../main/desktop/invites.ts'

const link = 'stompbox://join?url=ws%3A%2F%2F192.168.0.14%3A7070%2Fstomp'

test('a link is found among the arguments of a start', () => {
  expect(linkIn(['/opt/stompbox', '--no-sandbox', link])).toBe(link)
  expect(linkIn(['stompbox', link.replace('stompbox', 'STOMPBOX')])).toBe(
    link.replace('stompbox', 'STOMPBOX'),
  )
  expect(linkIn(['/opt/stompbox', '.', 'https://example.org/stompbox:'])).toBeNull()
  expect(linkIn([link + 'x'.repeat(4000)])).toBeNull()
})

test('a link waits until the window is there, and is shown once', () => {
  const invites = createInvites()
  const first: string[] = []
  const second: string[] = []
  invites.take([link])
  invites.take(['--hidden'])
  invites.ready(shown => first.push(shown))
  expect(first).toEqual([link])
  invites.ready(shown => second.push(shown))
  expect(second).toEqual([])
  invites.take(['stompbox:again'])
  expect(second).toEqual(['stompbox:again'])
  expect(first).toEqual([link])
})
