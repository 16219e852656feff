import { expect, test } from 'vitest'
import { guessProfile, longestSample, type MessagePart } from '../../../shared/contract/guess-profile.ts'

const partsOf = (body: unknown): Partial<Record<MessagePart, string>> =>
  Object.fromEntries(
    Object.entries(guessProfile(JSON.stringify(body))?.parts ?? {}).filter(([, path]) => path !== null),
  )

test.each<[string, unknown, Partial<Record<MessagePart, string>>]>([
  [
    'Spring’s guide',
    { sender: 'ada', content: 'hi', type: 'CHAT' },
    { author: 'sender', text: 'content', type: 'type' },
  ],
  [
    'ENTER, TALK and QUIT',
    { type: 'TALK', roomId: '7d1e', sender: '민준', message: '안녕' },
    { type: 'type', room: 'roomId', author: 'sender', text: 'message' },
  ],
  [
    'nested people and rooms',
    {
      id: 5,
      room: { id: 3, name: 'general' },
      sender: { id: 9, nickname: 'ada' },
      text: 'hi',
      createdAt: [2024, 1, 26, 10, 0],
    },
    {
      id: 'id',
      room: 'room.id',
      author: 'sender.nickname',
      authorId: 'sender.id',
      text: 'text',
      time: 'createdAt',
    },
  ],
  [
    'an envelope',
    {
      status: 'OK',
      data: { chatRoomId: 4, senderId: 9, senderName: 'ada', message: 'hi', timestamp: 1_706_234_400_000 },
    },
    {
      room: 'data.chatRoomId',
      authorId: 'data.senderId',
      author: 'data.senderName',
      text: 'data.message',
      time: 'data.timestamp',
    },
  ],
  [
    'snake case',
    {
      message_id: 'a1',
      room_no: 12,
      user_id: 3,
      nick_name: 'ada',
      msg: 'hi',
      reg_date: '2024-01-26 10:00:00',
    },
    {
      id: 'message_id',
      room: 'room_no',
      authorId: 'user_id',
      author: 'nick_name',
      text: 'msg',
      time: 'reg_date',
    },
  ],
  [
    'Korean names',
    { 방번호: 3, 보낸사람: { 이름: '민준', 번호: 7 }, 내용: '안녕', 보낸시간: '10:05', 종류: '대화' },
    {
      room: '방번호',
      author: '보낸사람.이름',
      authorId: '보낸사람.번호',
      text: '내용',
      time: '보낸시간',
      type: '종류',
    },
  ],
  [
    'a reply',
    { messageId: 8, writer: 'ada', content: 'yes', parentId: 7 },
    { id: 'messageId', author: 'writer', text: 'content', replyTo: 'parentId' },
  ],
  ['names with dots and spaces', { 'a.b': { 'chat message': 'hi' } }, { text: '["a.b"]["chat message"]' }],
])('%s', (_what, body, parts) => {
  expect(partsOf(body)).toEqual(parts)
})

test('a captured frame tells the destination, with the room in it', () => {
  const frame = (destination: string, body: unknown) =>
    guessProfile(`MESSAGE\r\ndestination:${destination}\r\nmessage-id:1\r\n\r\n${JSON.stringify(body)}\0`)
      ?.subscribe
  expect(frame('/sub/chat/room/7d1e', { roomId: '7d1e', message: 'hi' })).toBe('/sub/chat/room/{roomId}')
  expect(frame('/topic/12.room', { message: 'hi' })).toBe('/topic/{roomId}.room')
  expect(frame('/topic/public', { message: 'hi' })).toBe('/topic/public')
  expect(guessProfile('{"message":"hi"}')?.subscribe).toBeNull()
})

test('a text that is no JSON, too long or too deep gives nothing, and never more than is bounded', () => {
  expect(guessProfile('hello')).toBeNull()
  expect(guessProfile('"hello"')).toBeNull()
  expect(guessProfile(`{"a":"${'x'.repeat(longestSample)}"}`)).toBeNull()
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`f${n}`, n]))
  expect(guessProfile(JSON.stringify(wide))?.fields).toHaveLength(100)
  expect(guessProfile(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`)?.fields).toEqual([])
})
