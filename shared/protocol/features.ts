/** What a host can do: the words of the header `features` of CONNECTED, separated by commas. */

/**
 * - `history`: it keeps the messages of rooms, by offset.
 * - `receipts`: every frame that asks for one gets its RECEIPT.
 * - `rooms`: it lists its rooms, and creates and changes them on request.
 * - `private`: it has rooms for invited people only.
 * - `direct`: it has rooms of two people.
 * - `members`: it lists the people of a room with their roles.
 * - `presence`: it reports which people are present in a room.
 * - `typing`: it reports typing people.
 * - `delete`: it deletes a message for everybody.
 * - `queues`: its owners see and delete the queues and streams of clients.
 * - `files`: it keeps files, which are sent and read over HTTP.
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
  'files',
] as const
export type Feature = (typeof features)[number]
