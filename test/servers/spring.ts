/** The chat of `test/servers/spring` in its three shapes, each with the same broker behind it. */
import { describe } from 'vitest'
import { profileOf } from '../../shared/contract/profile.ts'
import { conforms } from './conformance.ts'
import { useServer, type RealServer } from './real-server.ts'

/** @param relay to the broker that delivers the messages; null: Spring's own. */
export const springShapes = (relay: RealServer | null): void => {
  const options = () => {
    const address = relay?.tcp[0]?.replace('stomp://', '')
    return address === undefined ? [] : ['--relay', address]
  }

  describe('/app and /topic, as most tutorials write it: one public room', () => {
    const server = useServer('spring', () => ['--shape', 'topic', ...options()])
    const profile = profileOf({ rooms: { subscribe: ['/topic/public'], send: '/app/chat.sendMessage' } })
    conforms({
      server,
      account: () => ({ url: server.ws[0] ?? '', profile }),
      onlyRoom: 'public',
      // Spring has Tomcat take messages of 16 Ki UTF-16 units.
      large: '가나다라'.repeat(3500),
      // Without receipts, nothing tells whether the message or the one behind it arrived.
      ...(relay && { tooLarge: { text: '가'.repeat(20_000), code: 'frame-too-large' as const } }),
    })
  })
}
