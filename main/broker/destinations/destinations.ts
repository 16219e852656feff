import { ProtocolError } from '../frames/protocol-error.ts'

const kinds = ['topic', 'queue', 'temp-queue', 'reply-queue', 'app', 'user'] as const
/** What a destination begins with decides what happens there. */
export type DestinationKind = (typeof kinds)[number]

/** Characters of a destination: as many as names in AMQP have. */
const mostCharacters = 255
/** Words between its dots: what it costs to find the wildcards that match grows with the square of them. */
const mostWords = 32

/** @returns whether the destination is short enough for a frame to name it. */
export const isNameable = (destination: string): boolean => {
  let words = 1
  for (let dot = destination.indexOf('.'); dot >= 0; dot = destination.indexOf('.', dot + 1)) words++
  return destination.length <= mostCharacters && words <= mostWords
}

const checkLength = (destination: string): void => {
  if (!isNameable(destination))
    throw new ProtocolError(
      'Destination too long',
      `A destination has at most ${mostCharacters} characters, and ${mostWords} words between its dots.`,
    )
}

/** @throws {ProtocolError} for a destination that this broker does not have. */
export const destinationKind = (destination: string): DestinationKind => {
  checkLength(destination)
  for (const kind of kinds)
    if (destination.startsWith(`/${kind}/`) && destination.length > kind.length + 2) return kind
  throw new ProtocolError(
    'Unknown destination',
    `A destination is one of ${kinds.map(kind => `/${kind}/...`).join(', ')}.`,
  )
}
