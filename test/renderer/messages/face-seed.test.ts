import { expect, test } from 'vitest'
import { faceSeed } from '../../../renderer/messages/face-seed.ts'

const message = { own: false, sender: '지우', senderId: 'p1' }

test('others are told apart by their ids, by their names where there are none', () => {
  expect(faceSeed(message, '민준')).toBe('p1')
  expect(faceSeed({ ...message, senderId: null }, '민준')).toBe('지우')
})

test('one’s own face is that of the rail, also beside what was sent under another name', () => {
  expect(faceSeed({ ...message, own: true }, '지우2')).toBe('지우2')
  expect(faceSeed({ ...message, own: true }, null)).toBe('지우')
})
