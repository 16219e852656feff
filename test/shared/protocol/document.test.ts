/** docs/PROTOCOL.md says what the schemas of the wire say, and the other way round. */
import { expect, test } from 'vitest'
import { z } from 'zod'
import * as destinations from '../../../shared/protocol/destinations.ts'
import * as events from '../../../shared/protocol/events.ts'
import { features } from '../../../shared/protocol/features.ts'
import { bodyLimits, deviceKeyLength, limits } from '../../../shared/protocol/limits.ts'
import * as messages from '../../../shared/protocol/messages.ts'
import { refusalCodes } from '../../../shared/protocol/refusal-codes.ts'
import { reservedField, reservedTypes } from '../../../shared/protocol/reserved.ts'
import { requests } from '../../../shared/protocol/requests.ts'
import { frameErrorCodes } from '../../../shared/stomp/frame.ts'
import { codesIn, fieldsOf, partsOf, sectionOf, tablesOf } from './document.ts'

const [sent = []] = tablesOf('### What a client sends')
const [heard = [], parts = []] = tablesOf('### What a host sends')
const [lengths = []] = tablesOf('### Lengths')

const { roomDestination, presenceDestination, typingDestination, membersDestination } = destinations
const room = roomDestination('{roomId}')

/** Where each body is heard, as the table says it. */
const places: Readonly<Record<string, string>> = {
  roomMessageSchema: `\`${room}\`: a message`,
  deletionSchema: `\`${room}\`: a deletion`,
  tombstoneSchema: `\`${room}\`: a deleted message`,
  roomListSchema: `\`${destinations.directoryAnswer}\`, \`${destinations.archivedAnswer}\``,
  memberListSchema: `\`${membersDestination('{roomId}')}\``,
  roomEventSchema: `\`${destinations.directoryDestination}\`, \`${destinations.ownRoomsDestination}\``,
  memberEventSchema: `\`${destinations.ownRoomsDestination}\``,
  presenceSchema: `\`${presenceDestination('{roomId}')}\``,
  typingSchema: `\`${typingDestination('{roomId}')}\``,
  replySchema: `\`${destinations.repliesDestination}\``,
  fileReplySchema: `\`${destinations.repliesDestination}\`: a file`,
  queueListSchema: `\`${destinations.queuesAnswer}\``,
}
/** Parts of the bodies above, and what clients send. */
const others = [
  'messageIdSchema',
  'attachmentSchema',
  'sentMessageSchema',
  'deletionRequestSchema',
  'stampedSchema',
]

const bodies = Object.entries({ ...events, ...messages }).flatMap(([name, schema]) =>
  schema instanceof z.ZodType && !others.includes(name) ? [{ name, schema }] : [],
)

test('each request is a row, with its destination and its fields', () => {
  const expected = Object.entries(requests).map(([destination, body]) => [
    `\`${destination}\``,
    fieldsOf(body),
  ])
  expect(sent.map(([destination, fields]) => [destination, fields])).toEqual(expected)
})

test('each body of a host is a row, with its destination and its fields', () => {
  const expected = bodies.map(({ name, schema }) => [places[name], fieldsOf(schema as z.ZodObject)])
  expect(new Map(heard.map(([place, fields]) => [place, fields]))).toEqual(new Map(expected as []))
  expect(heard).toHaveLength(bodies.length)
})

test('each object within a body is a row', () => {
  const expected = new Map(bodies.flatMap(({ schema }) => partsOf(schema as z.ZodObject)))
  expect(new Map(parts.map(([part = '', fields = '']) => [part, fields]))).toEqual(expected)
})

test('each destination on which a client listens is named', () => {
  const named = [...heard.flatMap(([place = '']) => codesIn(place)), ...codesIn(sectionOf('## Refusals'))]
  const known = Object.values(destinations).flatMap(each =>
    typeof each === 'string' && each !== destinations.membersAnswer ? [each] : [],
  )
  const ofRooms = [roomDestination, presenceDestination, typingDestination, membersDestination]
  expect(named).toEqual(
    expect.arrayContaining([...known, ...ofRooms.map(destination => destination('{roomId}'))]),
  )
})

test('each length is that of its fields', () => {
  const inKib = (bytes: number): string => `${bytes / 1024} KiB`
  const found = new Map(
    lengths.flatMap(([fields = '', , most = '']) =>
      codesIn(fields).length > 0 ? codesIn(fields).map(field => [field, most] as const) : [[fields, most]],
    ),
  )
  const { id, personId, name, offset } = limits
  const aliases = {
    target: id,
    senderId: personId,
    ...{ sender: name, invitedBy: name, login: name },
    ...{ targetOffset: offset, nextOffset: offset },
  }
  const fields = { ...limits, ...aliases, 'device-key': deviceKeyLength.most }
  expect(Object.fromEntries(found)).toEqual({
    ...Object.fromEntries(Object.entries(fields).map(([field, most]) => [field, most.toLocaleString('en')])),
    'all fields of a message that the host does not know': `${inKib(bodyLimits.unknownBytes)} of JSON`,
    'the body of a message': inKib(bodyLimits.messageBytes),
    'any other body': inKib(bodyLimits.requestBytes),
  })
  const words = lengths.flat().join(' ')
  expect(words).toContain(`${deviceKeyLength.least} characters at least`)
  expect(words.match(/nested (\d+) deep/g)).toEqual(Array(2).fill(`nested ${bodyLimits.depth} deep`))
})

test('each code of a refusal is a row of the table, and none is there twice', () => {
  const [codes = []] = tablesOf('## Refusals')
  expect(codes.flatMap(([code = '']) => codesIn(code)).sort()).toEqual([...refusalCodes].sort())
})

test('each code of a broken frame is named among the limits', () => {
  const named = codesIn(sectionOf('## Limits')).map(code => code.replace(/^code:/, ''))
  expect(named).toEqual(expect.arrayContaining([...frameErrorCodes]))
})

test('each feature is a row', () => {
  const [rows = []] = tablesOf('## Connecting').slice(-1)
  expect(rows.flatMap(([feature = '']) => codesIn(feature))).toEqual([...features])
})

test('each type that is reserved is a row', () => {
  const [rows = []] = tablesOf('### Reserved')
  expect(new Set(rows.flatMap(([type = '']) => codesIn(type)))).toEqual(reservedTypes)
  expect(codesIn(sectionOf('### Reserved'))).toContain(reservedField)
})
