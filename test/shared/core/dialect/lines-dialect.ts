/** A dialect of nobody's, as far from the others as it can be: bare text in bytes, everything else in headers, and it takes its time. */
import type { KnownDialect, ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import { messageIdSchema, type ServerKind } from '../../../../shared/contract/model.ts'
import { politeScript, type Peer, type Script } from '../scripted-server.ts'

const seqOf = ({ headers }: ReceivedFrame): number | null => (headers.seq ? Number(headers.seq) : null)

export const lines: KnownDialect = {
  kind: 'lines' as ServerKind,
  isSpokenBy: ({ server }) => server === 'lines/1',
  speak: (_profile, connected) => ({
    kind: 'lines' as ServerKind,
    features: ['history', 'receipts'],
    personId: connected?.uid ?? null,
    takesDeviceKey: false,
    connectHeaders: ({ name, passcode }) => ({ login: name, ...(passcode !== null && { passcode }) }),
    namesRefusals: true,
    roomSubscriptions: (roomId, from) => [
      { destination: `/line/${roomId}`, headers: { id: `line-${roomId}`, from: String(from ?? 0) } },
    ],
    historyPoint: frame => ({
      offset: seqOf(frame),
      id: messageIdSchema.safeParse(frame.headers.mid).data ?? null,
    }),
    async decode(frame, { room, now, nextId }) {
      const { mid, nick = '', uid = null } = frame.headers
      await Promise.resolve()
      return {
        room,
        id: messageIdSchema.safeParse(mid).data ?? messageIdSchema.parse(nextId()),
        type: 'CHAT',
        sender: nick,
        senderId: uid,
        content: frame.body.toWellFormed(),
        sentAt: now,
        receivedAt: now,
        offset: seqOf(frame),
        own: uid !== null && uid === connected?.uid,
        mentionsMe: false,
        extra: null,
      }
    },
    encode: (roomId, { id, content }) => ({
      destination: '/say',
      body: new TextEncoder().encode(content),
      headers: { line: roomId, mid: id },
      contentType: 'text/plain',
    }),
    keepsIds: true,
    directory: null,
    rooms: null,
    members: null,
    typing: null,
    deletion: null,
    freeName: null,
    deleteQueue: null,
  }),
}

/** Speaks it at the other end: keeps all lines, and replays them from where it is asked to. */
export const linesScript = (): Script => {
  const said = new Map<string, { headers: Record<string, string>; body: string }[]>()
  const names = new Map<Peer, string>()
  const subscribed = new Map<Peer, Set<string>>()
  return (peer, frame) => {
    const { line = '', mid = '', destination = '', from = '0', login = '' } = frame.headers
    const uid = `uid-${names.get(peer) ?? login}`
    politeScript({ server: 'lines/1', uid })(peer, frame)
    if (frame.command === 'CONNECT') names.set(peer, login)
    if (frame.command === 'SUBSCRIBE') {
      const room = destination.slice('/line/'.length)
      subscribed.set(peer, (subscribed.get(peer) ?? new Set()).add(room))
      for (const { headers, body } of (said.get(room) ?? []).slice(Number(from)))
        peer.frame('MESSAGE', headers, body)
    }
    if (frame.command === 'SEND') {
      const kept = said.get(line) ?? []
      const headers = {
        subscription: `line-${line}`,
        'message-id': mid,
        mid,
        nick: names.get(peer) ?? '',
        uid,
        seq: String(kept.length),
      }
      said.set(line, [...kept, { headers, body: frame.body }])
      for (const [each, rooms] of subscribed)
        if (rooms.has(line) && !each.closed) each.frame('MESSAGE', headers, frame.body)
    }
  }
}
