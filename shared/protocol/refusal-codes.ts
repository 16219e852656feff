/** Why a host refuses a frame: the header `code` of an ERROR, or of a MESSAGE on `/user/queue/errors`. */
export const refusalCodes = [
  // on CONNECT
  'passcode-wrong',
  'name-taken',
  'too-many-attempts',
  'host-full',
  'address-full',
  'too-many-names',
  // for the frame itself
  'input-invalid',
  'message-too-long',
  'not-found',
  'too-many-rooms',
  'room-name-taken',
  // by a decision of the room's people
  'not-allowed',
  'banned',
  'room-archived',
  'device-key-missing',
  // for the host's computer
  'disk-full',
  'cache-failed',
  'host-closing',
] as const
export type RefusalCode = (typeof refusalCodes)[number]
