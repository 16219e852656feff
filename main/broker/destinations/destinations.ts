import { ProtocolError } from '../frames/protocol-error.ts'

const kinds = ['topic', 'queue', 'temp-queue', 'reply-queue', 'app', 'user'] as const
/** The prefix of a destination, which determines how it works. */
export type DestinationKind = (typeof kinds)[number]

const prefixes = kinds.map(kind => ({ kind, prefix: `/${kind}/` }))

/** The longest destination, as long as AMQP names. Characters. */
const mostCharacters = 255
/** The most words between dots: the cost of matching wildcards grows with the square of their number. */
const mostWords = 32

/** @returns whether the destination is short enough for a frame. */
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

/** @throws {ProtocolError} for any other prefix. */
export const destinationKind = (destination: string): DestinationKind => {
  checkLength(destination)
  for (const { kind, prefix } of prefixes)
    if (destination.startsWith(prefix) && destination.length > prefix.length) return kind
  throw new ProtocolError(
    'Unknown destination',
    `A destination is one of ${kinds.map(kind => `/${kind}/...`).join(', ')}.`,
  )
}
