/** Heart-beats of one connection ("Heart-beating" in the specification): its intervals, and when it is time. */
export class HeartBeats {
  /** By the broker's clock. */
  lastReadAt = 0
  /** Milliseconds between two signs of life that the peer is sent, and that it promised; 0 for none. */
  #sendEvery = 0
  #expectEvery = 0
  #askedAt = 0

  /**
   * Agrees on the intervals. Milliseconds; 0 means never.
   * @param offered how often the broker can send, and wants to receive.
   * @param peer how often the peer can send and wants to receive: the two numbers of its `heart-beat` header.
   */
  agree(offered: number, peer: { canSend: number; wants: number }, now: number): void {
    this.#sendEvery = offered === 0 || peer.wants === 0 ? 0 : Math.max(offered, peer.wants)
    this.#expectEvery = offered === 0 || peer.canSend === 0 ? 0 : Math.max(offered, peer.canSend)
    this.lastReadAt = now
  }

  /** @returns whether the peer must hear something before the next look, `interval` ms from now. */
  isDue(now: number, lastWriteAt: number, interval: number): boolean {
    return this.#sendEvery > 0 && now + interval - lastWriteAt > this.#sendEvery
  }

  /**
   * @returns whether to ask the peer for a sign of life; it counts as asked then. It has been silent for one of its intervals, and was not
   *   asked in the last one: a page in the background may run its timers once a minute, while its browser still answers pings.
   */
  shouldAsk(now: number): boolean {
    const ask = this.#expectEvery > 0 && now - Math.max(this.lastReadAt, this.#askedAt) > this.#expectEvery
    if (ask) this.#askedAt = now
    return ask
  }

  /** @returns whether the peer has been silent for two of its intervals: one may be late on its way. */
  isSilent(now: number): boolean {
    return this.#expectEvery > 0 && now - this.lastReadAt > 2 * this.#expectEvery
  }
}
