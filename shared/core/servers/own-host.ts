import type { ServerProfile } from '../../contract/model.ts'

/** Requests to this installation's own host, which do not go over the network. */
export interface OwnHost {
  /**
   * Announces the person about to connect from this app, so that its owner is recognised even if the earlier
   * device key is lost. Rejects with the host's failure.
   */
  introduce(person: { name: string; deviceKey: string }): Promise<void>
  /** @returns whether this server is the host itself: by its certificate if one is pinned, otherwise by its address. */
  isAt(server: Pick<ServerProfile, 'url' | 'fingerprint'>): boolean
}
