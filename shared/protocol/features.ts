/** What a host can do: the words of the header `features` of CONNECTED, separated by commas. */

/**
 * - `history`: it keeps what was said, by offsets.
 * - `receipts`: every frame that asks for one gets its RECEIPT.
 * - `rooms`: it lists its rooms, makes new ones, and is asked to change them.
 * - `private`: there are rooms for those alone who were let in.
 * - `direct`: there are rooms of two people.
 * - `members`: it lists the people of a room with their roles.
 * - `presence`: it reports which people are present in a room.
 * - `typing`: it reports typing people.
 * - `delete`: it deletes a message for everybody.
 * - `queues`: its owners see and delete what clients have opened in the broker.
 */
export const features = [
  'history',
  'receipts',
  'rooms',
  'private',
  'direct',
  'members',
  'presence',
  'typing',
  'delete',
  'queues',
] as const
export type Feature = (typeof features)[number]
