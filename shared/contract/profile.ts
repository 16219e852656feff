/**
 * How to talk to a STOMP server, as data: how to sign in, where its rooms are, and how it writes messages. Every field has
 * a default, so `{}` is a server that is subscribed and sent to at `/topic/{roomId}` and whose JSON is guessed by the
 * names of its fields. A profile holds no secrets: their values live in the key store (see {@link secretSlots}).
 */
import { z } from 'zod'
import { longestPath, parseJsonPath } from './json-path.ts'
import { hasOnly, hasPlaceholder, makesJson } from './template.ts'

/** What is wrong with a value of a profile. Each has a sentence at its field. */
const profileProblems = [
  'missing',
  'too-long',
  'too-many',
  'invalid',
  /** A line break or another control character. */
  'character-invalid',
  /** A placeholder that has no value here, such as `{room}`. */
  'placeholder-unknown',
  /** A body template that does not become JSON. */
  'template-not-json',
  'path-invalid',
  'header-name-invalid',
  /** A header that Stompbox sets itself. */
  'header-reserved',
  'name-twice',
  /** A value in a field whose value belongs into the key store. */
  'secret-in-profile',
  'token-missing',
  'url-invalid',
  'time-zone-unknown',
  'number-out-of-range',
] as const
export type ProfileProblem = (typeof profileProblems)[number]

/** The error of a check: a {@link ProfileProblem} as zod's message. */
const problem = (error: ProfileProblem): { error: ProfileProblem } => ({ error })

const hasNoControls = (text: string): boolean => !/[\0-\x1f\x7f]/.test(text)
const line = (longest: number) =>
  z.string().trim().max(longest, problem('too-long')).refine(hasNoControls, problem('character-invalid'))
const filledLine = (longest: number) => line(longest).min(1, problem('missing'))
const list = <Item extends z.ZodType>(item: Item, most: number) =>
  z.array(item).max(most, problem('too-many'))

const personNames = ['user', 'userId'] as const
const roomNames = [...personNames, 'roomId'] as const
const bodyNames = [...roomNames, 'text', 'id', 'type', 'now'] as const
const loginNames = ['user', 'login', 'passcode'] as const
/** The placeholders that have a value, by the kind of a template. */
export const placeholders = {
  person: personNames,
  room: roomNames,
  body: bodyNames,
  login: loginNames,
  token: ['token'],
} as const

/** The longest body template, in UTF-16 units. */
const longestBody = 4000

const templateOf = (names: readonly string[], longest = 500) =>
  filledLine(longest).refine(text => hasOnly(text, names), problem('placeholder-unknown'))
const roomDestination = templateOf(roomNames)
const ownDestination = templateOf(personNames)
const bodyOf = (names: readonly string[]) =>
  z
    .string()
    .max(longestBody, problem('too-long'))
    .refine(text => hasOnly(text, names), problem('placeholder-unknown'))
const jsonBody = (names: readonly string[]) =>
  bodyOf(names).refine(text => makesJson(text, names), problem('template-not-json'))

const jsonPath = z
  .string()
  .trim()
  .max(longestPath, problem('too-long'))
  .refine(text => parseJsonPath(text) !== null, problem('path-invalid'))
/** Alternatives, most likely first; null guesses by the usual names. */
const paths = list(jsonPath, 8).min(1, problem('missing')).nullable().default(null)

const webUrl = filledLine(2000).refine(text => {
  const url = URL.canParse(text) ? new URL(text) : null
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  // The address is stored in plain text.
  return isWeb && url.username === '' && url.password === ''
}, problem('url-invalid'))

/** The name of a time zone that this computer knows: `Asia/Seoul`, `UTC`. */
const timeZoneSchema = filledLine(64).refine(zone => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}, problem('time-zone-unknown'))

/** Names of headers, in lower case, that Stompbox sets itself. */
const reserved = {
  connect: /^(accept-version|heart-beat|host|login|device-key)$/,
  handshake: /^(host|connection|upgrade|sec-websocket-.*|content-length|transfer-encoding)$/,
  frame: /^(destination|id|ack|receipt|content-length|transaction|subscription)$/,
  query: /^$/,
}

const headerName = filledLine(100)
  // stompjs escapes no names; HTTP allows no others.
  .regex(/^[!#$%&'*+\-.^_`|~\w]*$/, problem('header-name-invalid'))
const named = <Shape extends z.ZodRawShape>(
  place: keyof typeof reserved,
  names: readonly string[],
  further: Shape,
) =>
  z.strictObject({
    name: headerName.refine(name => !reserved[place].test(name.toLowerCase()), problem('header-reserved')),
    value: line(2000)
      .refine(text => hasOnly(text, names), problem('placeholder-unknown'))
      .default(''),
    ...further,
  })
const areDistinct = (entries: readonly { name: string }[]): boolean =>
  new Set(entries.map(({ name }) => name.toLowerCase())).size === entries.length

/** Headers of frames, whose values may have `{roomId}`, `{user}` and `{userId}`. */
const frameHeaders = list(named('frame', roomNames, {}), 32)
  .refine(areDistinct, problem('name-twice'))
  .default([])
/** What is told while connecting; values may have `{user}` and `{userId}`. */
const told = (place: keyof typeof reserved) =>
  list(
    named(place, personNames, {
      /** Whether the value lives in the key store; `value` is empty then. */
      secret: z.boolean().default(false),
    }).refine(({ value, secret }) => !secret || value === '', {
      ...problem('secret-in-profile'),
      path: ['value'],
    }),
    32,
  )
    .refine(areDistinct, problem('name-twice'))
    .default([])

const tokenSchema = z.strictObject({
  source: z.discriminatedUnion('from', [
    /** Typed or pasted by the person; lives in the key store. */
    z.strictObject({ from: z.literal('field') }),
    /** Printed by a program, which is run without a shell, and again when the token has expired. */
    z.strictObject({
      from: z.literal('command'),
      command: list(line(1000), 32)
        .min(1, problem('missing'))
        .refine(([program]) => program !== '', problem('missing')),
    }),
    /** In the answer to a POST of JSON. The passcode of the server is the `{passcode}`. */
    z.strictObject({
      from: z.literal('login'),
      url: webUrl,
      body: jsonBody(loginNames).default('{"username":{login},"password":{passcode}}'),
      path: jsonPath.default('token'),
    }),
  ]),
  /** Where it goes: a header of CONNECT, an HTTP header, or a parameter of the address. */
  place: z.enum(['connect', 'handshake', 'query']).default('connect'),
  name: headerName.default('Authorization'),
  value: filledLine(200)
    .refine(text => hasOnly(text, placeholders.token), problem('placeholder-unknown'))
    .refine(text => hasPlaceholder(text, 'token'), problem('token-missing'))
    .default('Bearer {token}'),
})

/** Versions of STOMP, the best first. */
export const stompVersions = ['1.2', '1.1', '1.0'] as const

const connectSchema = z.strictObject({
  /** STOMP's `login` where the server wants an account name; null sends the person's name. */
  login: line(255).nullable().default(null),
  /** STOMP's `host` (RabbitMQ's virtual host); null sends the host name of the address. */
  virtualHost: line(255).nullable().default(null),
  /** The offered versions of STOMP. */
  versions: list(z.enum(stompVersions), 3).min(1, problem('missing')).default(['1.2']),
  /** Further headers of CONNECT. */
  headers: told('connect'),
  /** HTTP headers of the WebSocket handshake. */
  handshake: told('handshake'),
  /** Parameters that are added to the address. */
  query: told('query'),
  token: tokenSchema.nullable().default(null),
})

/** How the server writes the person's name and id; null: the person's name, and an id that the server tells or none. */
const identitySchema = z.strictObject({
  nickname: filledLine(200).nullable().default(null),
  userId: filledLine(200).nullable().default(null),
})

const requestSchema = z
  .strictObject({ destination: roomDestination, body: bodyOf(roomNames).default('') })
  .nullable()
  .default(null)

/** Where the list of rooms stands in a JSON answer, and in each room its id and name. */
const roomPaths = {
  list: jsonPath.default('$'),
  id: jsonPath.default('id'),
  name: jsonPath.default('name'),
}

const roomsSchema = z.strictObject({
  /** The destinations of a room, all of them subscribed. */
  subscribe: list(roomDestination, 8).min(1, problem('missing')).default(['/topic/{roomId}']),
  send: roomDestination.default('/topic/{roomId}'),
  /** Sent after the subscription in every session, and when the person leaves. */
  join: requestSchema,
  leave: requestSchema,
  /** Where the rooms come from. */
  source: z
    .discriminatedUnion('from', [
      /** The person types the id of a room. */
      z.strictObject({ from: z.literal('typed') }),
      z.strictObject({
        from: z.literal('list'),
        rooms: list(z.strictObject({ id: filledLine(200), name: filledLine(64) }), 200),
      }),
      /** An HTTP GET, with the token and the headers of the handshake. */
      z.strictObject({ from: z.literal('rest'), url: webUrl, ...roomPaths }),
      /** A destination that answers a subscription, or a request that is sent after it. */
      z.strictObject({
        from: z.literal('destination'),
        destination: ownDestination,
        request: z
          .strictObject({ destination: ownDestination, body: bodyOf(personNames).default('') })
          .nullable()
          .default(null),
        ...roomPaths,
      }),
    ])
    .default({ from: 'typed' }),
})

/** Destinations beside the rooms, such as `/user/queue/messages`. */
const ownSchema = list(
  z.strictObject({
    /** Also the id of its room. */
    destination: templateOf(personNames, 200),
    /** Shown as a room, or each message as a notice. */
    as: z.enum(['room', 'notices']).default('room'),
    name: filledLine(64),
    /** Where the person's messages in this room go; null: it can only be read. */
    send: ownDestination.nullable().default(null),
  }),
  16,
).default([])

const framesSchema = z.strictObject({
  /** Further headers of SUBSCRIBE and of SEND. */
  subscribe: frameHeaders,
  send: frameHeaders,
  /** Null: messages of a shared queue are acknowledged one by one, all others not at all. */
  ack: z.enum(['auto', 'client', 'client-individual']).nullable().default(null),
  /** The most unacknowledged messages; null: 500 where messages are acknowledged. */
  prefetch: z
    .int(problem('number-out-of-range'))
    .min(1, problem('number-out-of-range'))
    .max(65_535, problem('number-out-of-range'))
    .nullable()
    .default(null),
  /** A subscription that the server keeps while the person is away; null: none. */
  durable: z
    .strictObject({
      broker: z.enum(['rabbitmq-queue', 'rabbitmq-stream', 'activemq', 'artemis']),
      /** Its name on the server. A stream is shared by everybody; any other name must be the person's own. */
      name: templateOf(roomNames, 200),
    })
    .nullable()
    .default(null),
})

const constant = z.union([line(500), z.number(), z.boolean(), z.null()])

const bodySchema = z
  .strictObject({
    format: z.enum(['json', 'text']).default('json'),
    text: paths,
    author: paths,
    authorId: paths,
    room: paths,
    type: paths,
    time: paths,
    id: paths,
    replyTo: paths,
    /** What becomes of a message of a type; of any other a usual type is known, and an unknown one is shown if it has a text. */
    types: list(z.strictObject({ type: filledLine(64), as: z.enum(['shown', 'line', 'hidden']) }), 64)
      .refine(
        entries => new Set(entries.map(({ type }) => type)).size === entries.length,
        problem('name-twice'),
      )
      .default([]),
    /** The zone of times that name none; null: such times are not used. */
    timeZone: timeZoneSchema.nullable().default(null),
    /** The body of a sent message; null: Stompbox's own fields. */
    send: bodyOf(bodyNames).nullable().default(null),
    /** Fields that are added to Stompbox's own; a template has them in itself. */
    constants: list(z.strictObject({ name: filledLine(64), value: constant }), 32).default([]),
  })
  .refine(({ format, send }) => format === 'text' || send === null || makesJson(send, bodyNames), {
    ...problem('template-not-json'),
    path: ['send'],
  })

/** The longest profile as JSON, in UTF-16 units. */
export const longestProfile = 48_000

const sections = {
  connect: connectSchema.prefault({}),
  identity: identitySchema.prefault({}),
  rooms: roomsSchema.prefault({}),
  own: ownSchema,
  frames: framesSchema.prefault({}),
  body: bodySchema.prefault({}),
}

export const profileSchema = z
  .strictObject(sections)
  .refine(profile => JSON.stringify(profile).length <= longestProfile, problem('too-long'))
export type Profile = z.output<typeof profileSchema>
export type ProfileInput = z.input<typeof profileSchema>

/** @returns a profile with this change to the defaults. @throws {z.ZodError} for a wrong value. */
export const profileOf = (change: ProfileInput = {}): Profile => profileSchema.parse(change)

/**
 * Reads a profile that was saved, perhaps by another version of the app.
 * @returns the profile; a section that can't be read has its defaults, so that the server can still be corrected.
 */
export const readProfile = (saved: unknown): Profile => {
  const whole = profileSchema.safeParse(saved)
  if (whole.success) return whole.data
  const kept = typeof saved === 'object' && saved !== null ? Object.entries(saved) : []
  const sound = kept.filter(
    ([name, value]) =>
      Object.hasOwn(sections, name) && sections[name as keyof typeof sections].safeParse(value).success,
  )
  return profileSchema.safeParse(Object.fromEntries(sound)).data ?? profileOf()
}

/** Where a profile is wrong, for the form. */
export interface ProfileIssue {
  path: readonly PropertyKey[]
  problem: ProfileProblem
}

const isProblem = (text: string): text is ProfileProblem =>
  (profileProblems as readonly string[]).includes(text)

/** @returns what is wrong with a profile, by field; none for a good one. */
export const profileIssues = (profile: unknown): ProfileIssue[] =>
  profileSchema.safeParse(profile).error?.issues.map(({ path, message }) => ({
    path,
    problem: isProblem(message) ? message : 'invalid',
  })) ?? []

/**
 * @returns the names under which the key store keeps the secrets that the profile asks for, such as
 *   `handshake:Cookie` or `token`. The passcode is not among them.
 */
export const secretSlots = ({ connect }: Pick<Profile, 'connect'>): string[] => [
  ...(['headers', 'handshake', 'query'] as const).flatMap(place =>
    connect[place].filter(({ secret }) => secret).map(({ name }) => `${place}:${name}`),
  ),
  ...(connect.token?.source.from === 'field' ? ['token'] : []),
]
