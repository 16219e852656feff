/** The longest fields on Stompbox's wire. */

/** The most that a client may send in each field: UTF-16 units of a text, the highest value of a number. */
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
  fileId: 64,
  fileName: 255,
  /** Bytes of a file. */
  size: 2 * 1024 ** 3,
} as const

/** UTF-16 units. A shorter device key could be guessed: 16 random letters and digits are more than 80 bits. */
export const deviceKeyLength = { least: 16, most: 256 } as const

/** The largest JSON bodies. */
export const bodyLimits = {
  /** Bytes of a message's body: the longest text, with every character escaped, and the other fields. */
  messageBytes: 128 * 1024,
  /** Bytes, as JSON, of all fields of a message that the host does not know. It stores and broadcasts them. */
  unknownBytes: 4 * 1024,
  /** Bytes of every other body. */
  requestBytes: 16 * 1024,
  /** How deeply objects and arrays may be nested: readers in other languages give up at depths that JavaScript takes. */
  depth: 32,
} as const
