/** How long the fields of Stompbox's wire may be. */

/** Of texts in UTF-16 units, of numbers the highest one, by the names of the fields. A client may send no more. */
export const limits = {
  content: 20_000,
  type: 64,
  /** Of a message; `target` names one, too. */
  id: 200,
  requestId: 200,
  roomId: 64,
  /** `senderId` is one, too. */
  personId: 64,
  /** Of a person or a room; `sender` and `login` are names, too. */
  name: 64,
  topic: 500,
  /** `targetOffset` and `nextOffset` are offsets, too. */
  offset: 2 ** 32 - 1,
  destination: 255,
} as const

/** A device key that is shorter could be guessed: 16 random letters and digits are more than 80 bits. UTF-16 units. */
export const deviceKeyLength = { least: 16, most: 256 } as const

/** How large a JSON body may be. */
export const bodyLimits = {
  /** Bytes of a message's body: the longest text, with every character escaped, and the other fields. */
  messageBytes: 128 * 1024,
  /** Bytes, as JSON, of all fields of a message that the host does not know. It keeps them and sends them to everybody. */
  unknownBytes: 4 * 1024,
  /** Bytes of every other body. */
  requestBytes: 16 * 1024,
  /** How deeply objects and arrays may be nested: readers in other languages give up at depths that JavaScript takes. */
  depth: 32,
} as const
