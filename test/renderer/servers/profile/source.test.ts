import { expect, test } from 'vitest'
import { draftOf } from '../../../../renderer/servers/profile/draft.ts'
import { addressAt, fillFromSource } from '../../../../renderer/servers/profile/source.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'

test('an endpoint is put behind the host that is typed, or Spring’s usual one', () => {
  expect(addressAt('', '/ws')).toBe('ws://localhost:8080/ws')
  expect(addressAt('chat.example:9000', '/ws')).toBe('ws://chat.example:9000/ws')
  expect(addressAt('https://chat.example/old/path', '/ws/websocket')).toBe(
    'https://chat.example/ws/websocket',
  )
})

test('sending, joining and leaving are told apart, and what the source does not say stays', () => {
  const draft = draftOf(profileOf({ connect: { login: 'ada' } }))
  const filled = fillFromSource(draft, {
    endpoints: [],
    send: ['/app/chat.addUser', '/app/chat.sendMessage', '/app/chat.leave'],
    subscribe: [],
    own: ['/user/queue/messages', '/user/queue/errors'],
  })
  expect(filled.rooms).toMatchObject({
    send: '/app/chat.sendMessage',
    join: { destination: '/app/chat.addUser' },
    leave: { destination: '/app/chat.leave' },
    subscribe: draft.rooms.subscribe,
  })
  expect(filled.own.map(({ as }) => as)).toEqual(['room', 'notices'])
  expect(filled.connect).toBe(draft.connect)
})
