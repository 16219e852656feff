/** What the messenger can ask the host of this installation itself, past the network. */
export interface OwnHost {
  /**
   * Tells it who is about to connect to it from here, so that its owner comes in even if the device key from before is lost. Rejects with
   * the host's failure.
   */
  introduce(person: { name: string; deviceKey: string }): Promise<void>
}
