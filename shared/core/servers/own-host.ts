import type { ServerProfile } from '../../contract/model.ts'

/** What the messenger can ask the host of this installation itself, past the network. */
export interface OwnHost {
  /**
   * Tells it who is about to connect to it from here, so that its owner comes in even if the device key from before is lost. Rejects with
   * the host's failure.
   */
  introduce(person: { name: string; deviceKey: string }): Promise<void>
  /** @returns whether this server is the host itself: by its certificate where one is pinned, otherwise by its address. */
  isAt(server: Pick<ServerProfile, 'url' | 'fingerprint'>): boolean
}
