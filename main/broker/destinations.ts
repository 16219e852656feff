import { ProtocolError } from './protocol-error.ts'

const kinds = ['topic', 'queue', 'temp-queue', 'reply-queue', 'app', 'user'] as const
/** What a destination begins with decides what happens there. */
export type DestinationKind = (typeof kinds)[number]

/** @throws {ProtocolError} for a destination that this broker does not have. */
export const destinationKind = (destination: string): DestinationKind => {
  for (const kind of kinds)
    if (destination.startsWith(`/${kind}/`) && destination.length > kind.length + 2) return kind
  throw new ProtocolError(
    'Unknown destination',
    `A destination is one of ${kinds.map(kind => `/${kind}/...`).join(', ')}.`,
  )
}
