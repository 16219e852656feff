import type { ServerProfile } from '../../contract/model.ts'
import type { StoredServer } from '../ports.ts'

/** @returns the part of a server that the cache keeps. */
export const toStored = ({
  hasPasscode: _hasPasscode,
  keptSecrets: _keptSecrets,
  features: _features,
  ...stored
}: ServerProfile): StoredServer => stored
