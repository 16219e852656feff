import { expect, test } from 'vitest'
import type { AppError } from '../../../../shared/contract/errors.ts'
import { createPoison, type SentFrame } from '../../../../shared/core/session/poison.ts'

const subscribe = (destination: string): SentFrame => ({ command: 'SUBSCRIBE', destination, body: '' })
const send = (body: string): SentFrame => ({ command: 'SEND', destination: '/topic/a', body })
const died: AppError = { code: 'connection-lost', detail: 'WebSocket closed with 1000: STOMP died' }
const hangsUp: AppError = { code: 'server-hangs-up', params: { host: 'box' }, detail: died.detail ?? '' }
const poison = () => createPoison(() => 'box')

test('after two equal closures frames are sent one at a time, and the only suspect of two closures is blamed', () => {
  const { ended, isSuspected, refusal } = poison()
  const rooms = ['/topic/a', '/topic/b', '/topic/c'].map(subscribe)
  expect(ended(died, rooms)).toBeNull()
  expect(isSuspected()).toBe(false)
  expect(ended(died, rooms)).toBeNull()
  expect(isSuspected()).toBe(true)
  expect(ended(died, [subscribe('/topic/b')])).toBeNull()
  expect(ended(died, [subscribe('/topic/b')])).toEqual({ frame: subscribe('/topic/b'), error: hangsUp })
  expect(refusal('/topic/b')).toEqual(hangsUp)
  expect(refusal('/topic/a')).toBeUndefined()
  expect(isSuspected()).toBe(true)
})

test('a blamed message is not remembered: it is sent again when the person asks for it', () => {
  const { ended, refusal } = poison()
  ended(died, [send('long')])
  expect(ended(died, [send('long')])).toEqual({ frame: send('long'), error: hangsUp })
  expect(refusal('/topic/a')).toBeUndefined()
  expect(ended(died, [send('long')])).toBeNull()
})

test('a destination that the server took before is blamed late: its queue may have to start first', () => {
  const { ended, took, refusal } = poison()
  const frame = subscribe('/topic/a')
  took('/topic/a', false)
  const attempts = () => {
    let count = 0
    do {
      // A server that confirms and then hangs up is not forgiven again.
      took('/topic/a', false)
      count++
    } while (ended(died, [frame]) === null)
    return count
  }
  expect(attempts()).toBe(8)
  expect(refusal('/topic/a')).toEqual(hangsUp)
  took('/topic/a', true)
  expect(attempts()).toBe(22)
})

test('a closure because of a too large frame blames it at once, unless there are several suspects', () => {
  const tooLarge: AppError = { code: 'frame-too-large' }
  expect(poison().ended(tooLarge, [send('long')])).toEqual({ frame: send('long'), error: tooLarge })
  expect(poison().ended(tooLarge, [send('long'), send('short')])).toBeNull()
})

test('the server’s own words are the reason', () => {
  const { ended } = poison()
  const error: AppError = { code: 'server-error', params: { message: 'access_refused' } }
  ended(error, [subscribe('/topic/a')])
  expect(ended(error, [subscribe('/topic/a')])?.error).toBe(error)
})

test('closures that differ, announce a shutdown, or leave nothing unanswered blame nothing', () => {
  const { ended, isSuspected } = poison()
  const frames = [send('a'), send('b')]
  ended(died, frames)
  ended({ code: 'connection-lost', detail: 'WebSocket closed with 1006' }, frames)
  expect(isSuspected()).toBe(false)
  ended({ code: 'host-closing' }, [send('a')])
  expect(ended({ code: 'host-closing' }, [send('a')])).toBeNull()
  ended(died, frames)
  ended(died, [])
  ended(died, frames)
  expect(isSuspected()).toBe(false)
})

test('when all frames are answered, they are sent together again; a refused destination waits for the person', () => {
  const { ended, isSuspected, cleared, refusal, retry, refuse } = poison()
  ended(died, [send('a'), send('b')])
  ended(died, [send('a'), send('b')])
  cleared()
  expect(isSuspected()).toBe(false)
  refuse('/topic/a', hangsUp)
  retry('/topic/a')
  expect(refusal('/topic/a')).toBeUndefined()
})

test('blamed rooms are acquitted when the server ends a session without them in the same way', () => {
  const { ended, refusal, refuse } = poison()
  const blame = (): void => {
    for (const _ of [1, 2]) ended(died, [subscribe('/topic/a')])
    expect(refusal('/topic/a')).toEqual(hangsUp)
  }
  refuse('/topic/named', hangsUp)
  blame()
  ended({ code: 'host-closing' }, [])
  expect(refusal('/topic/a')).toEqual(hangsUp)
  ended(died, [subscribe('/topic/b')])
  ended(died, [])
  expect(refusal('/topic/a')).toBeUndefined()
  expect(refusal('/topic/named')).toEqual(hangsUp)
  blame()
})

test('a server that refuses endlessly does not fill the memory', () => {
  const { refuse, refusal } = poison()
  for (let n = 0; n < 2000; n++) refuse(`/topic/${n}`, hangsUp)
  expect(refusal('/topic/999')).toEqual(hangsUp)
  expect(refusal('/topic/1999')).toBeUndefined()
})
