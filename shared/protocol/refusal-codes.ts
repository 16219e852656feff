/** Why a host refuses a frame: the header `code` of an ERROR, or of a MESSAGE on `/user/queue/errors`. */
export const refusalCodes = [
  // on CONNECT
  'passcode-wrong',
  'name-taken',
  'too-many-attempts',
  'host-full',
  'address-full',
  'too-many-names',
  // what was sent
  'input-invalid',
  'message-too-long',
  'not-found',
  'too-many-rooms',
  'room-name-taken',
  // what a room's people have decided
  'not-allowed',
  'banned',
  'room-archived',
  'device-key-missing',
  // the host's computer
  'disk-full',
  'cache-failed',
  'host-closing',
] as const
export type RefusalCode = (typeof refusalCodes)[number]
