/**
 * A profile as texts in a form. A field has the path that its value has in the profile, so that an issue of the schema
 * names its field. The choices of a union are all there, so that choosing another one loses nothing that was typed.
 */
import { messageParts, type MessagePart } from '../../../shared/contract/guess-profile.ts'
import type { Profile } from '../../../shared/contract/profile.ts'
import { compose } from '../../../shared/text/compose.ts'
import { constantOf, constantText, pathsOf, pathsText } from './texts.ts'

interface HeaderDraft {
  name: string
  value: string
}
/** `secret` says whether the value goes to the key store. */
export interface ToldDraft extends HeaderDraft {
  secret: boolean
}
interface RequestDraft {
  destination: string
  body: string
}
export interface ProfileDraft {
  connect: {
    login: string
    virtualHost: string
    /** Versions of STOMP, joined by commas. */
    versions: string
    headers: ToldDraft[]
    handshake: ToldDraft[]
    query: ToldDraft[]
    token: {
      source: {
        from: 'none' | 'field' | 'command' | 'login'
        /** Typed here; it goes to the key store. */
        secret: string
        /** The program and its arguments, one a line. */
        command: string
        url: string
        body: string
        path: string
      }
      place: 'connect' | 'handshake' | 'query'
      name: string
      value: string
    }
  }
  identity: { nickname: string; userId: string }
  rooms: {
    subscribe: string[]
    send: string
    join: RequestDraft
    leave: RequestDraft
    source: {
      from: Profile['rooms']['source']['from']
      rooms: { id: string; name: string }[]
      url: string
      destination: string
      request: RequestDraft
      list: string
      id: string
      name: string
    }
  }
  own: { destination: string; as: 'room' | 'notices'; name: string; send: string }[]
  frames: {
    subscribe: HeaderDraft[]
    send: HeaderDraft[]
    ack: '' | 'auto' | 'client' | 'client-individual'
    prefetch: string
    durable: { broker: '' | NonNullable<Profile['frames']['durable']>['broker']; name: string }
  }
  body: Record<MessagePart, string> & {
    format: 'json' | 'text'
    types: { type: string; as: 'shown' | 'line' | 'hidden' }[]
    timeZone: string
    send: string
    constants: HeaderDraft[]
  }
}

const noRequest: RequestDraft = { destination: '', body: '' }
const noSource = {
  secret: '',
  command: '',
  url: '',
  body: '{"username":{login},"password":{passcode}}',
  path: 'token',
}

const tokenDraft = (token: Profile['connect']['token']): ProfileDraft['connect']['token'] => {
  if (!token)
    return {
      source: { from: 'none', ...noSource },
      place: 'connect',
      name: 'Authorization',
      value: 'Bearer {token}',
    }
  const { source, ...rest } = token
  if (source.from === 'command')
    return { ...rest, source: { ...noSource, from: source.from, command: source.command.join('\n') } }
  return { ...rest, source: { ...noSource, ...source } }
}

const sourceDraft = (source: Profile['rooms']['source']): ProfileDraft['rooms']['source'] => {
  const none = { rooms: [], url: '', destination: '', list: '$', id: 'id', name: 'name' }
  return source.from === 'destination'
    ? { ...none, ...source, request: source.request ?? noRequest }
    : { ...none, request: noRequest, ...source }
}

/** @returns the texts that stand for a profile. */
export const draftOf = ({ connect, identity, rooms, own, frames, body }: Profile): ProfileDraft => ({
  connect: {
    ...connect,
    login: connect.login ?? '',
    virtualHost: connect.virtualHost ?? '',
    versions: connect.versions.join(),
    token: tokenDraft(connect.token),
  },
  identity: { nickname: identity.nickname ?? '', userId: identity.userId ?? '' },
  rooms: {
    ...rooms,
    join: rooms.join ?? noRequest,
    leave: rooms.leave ?? noRequest,
    source: sourceDraft(rooms.source),
  },
  own: own.map(place => ({ ...place, send: place.send ?? '' })),
  frames: {
    ...frames,
    ack: frames.ack ?? '',
    prefetch: frames.prefetch?.toString() ?? '',
    durable: frames.durable ?? { broker: '', name: '' },
  },
  body: {
    ...body,
    ...(Object.fromEntries(messageParts.map(field => [field, pathsText(body[field])])) as Record<
      MessagePart,
      string
    >),
    timeZone: body.timeZone ?? '',
    send: body.send ?? '',
    constants: body.constants.map(({ name, value }) => ({ name, value: constantText(value) })),
  },
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text)
const request = (draft: RequestDraft): RequestDraft | null =>
  draft.destination.trim() === '' && draft.body.trim() === '' ? null : draft
const told = ({ name, value, secret }: ToldDraft): ToldDraft => ({ name, value: secret ? '' : value, secret })

const tokenOf = ({ source, ...rest }: ProfileDraft['connect']['token']): unknown => {
  const { from, command, url, body, path } = source
  if (from === 'none') return null
  if (from === 'field') return { ...rest, source: { from } }
  if (from === 'login') return { ...rest, source: { from, url, body, path } }
  return { ...rest, source: { from, command: command.split('\n').map(part => part.trim()) } }
}

const sourceOf = (source: ProfileDraft['rooms']['source']): unknown => {
  const { from, rooms, url, destination, list, id, name } = source
  if (from === 'typed') return { from }
  if (from === 'list') return { from, rooms }
  if (from === 'rest') return { from, url, list, id, name }
  return { from, destination, request: request(source.request), list, id, name }
}

/** @returns the value with every text in it in NFC. */
const composed = (value: unknown): unknown => {
  if (typeof value === 'string') return compose(value)
  if (Array.isArray(value)) return value.map(composed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, composed(item)]))
}

/** @returns what the texts make: a profile once the schema has found nothing wrong with it. */
export const readDraft = ({ connect, identity, rooms, own, frames, body }: ProfileDraft): unknown =>
  composed({
    connect: {
      login: orNull(connect.login),
      virtualHost: orNull(connect.virtualHost),
      versions: connect.versions.split(','),
      headers: connect.headers.map(told),
      handshake: connect.handshake.map(told),
      query: connect.query.map(told),
      token: tokenOf(connect.token),
    },
    identity: { nickname: orNull(identity.nickname), userId: orNull(identity.userId) },
    rooms: {
      subscribe: rooms.subscribe,
      send: rooms.send,
      join: request(rooms.join),
      leave: request(rooms.leave),
      source: sourceOf(rooms.source),
    },
    own: own.map(place => ({ ...place, send: orNull(place.send) })),
    frames: {
      subscribe: frames.subscribe,
      send: frames.send,
      ack: frames.ack || null,
      prefetch: frames.prefetch.trim() === '' ? null : Number(frames.prefetch),
      durable: frames.durable.broker === '' ? null : frames.durable,
    },
    body: {
      format: body.format,
      ...Object.fromEntries(messageParts.map(field => [field, pathsOf(body[field])])),
      types: body.types,
      timeZone: orNull(body.timeZone),
      send: orNull(body.send),
      constants: body.constants.map(({ name, value }) => ({ name, value: constantOf(value) })),
    },
  })
