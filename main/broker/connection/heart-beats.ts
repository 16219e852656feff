/** Heart-beats of one connection (STOMP 1.2, "Heart-beating"): the agreed intervals, and which heart-beats are due. */
export class HeartBeats {
  /** By the broker's clock. */
  lastReadAt = 0
  /** Intervals in milliseconds at which the broker sends, and at which the peer has promised to; 0 for none. */
  #sendEvery = 0
  #expectEvery = 0
  #askedAt = 0

  /**
   * Agrees on the intervals. Milliseconds; 0 means never.
   * @param offered the interval at which the broker can send and wants to receive.
   * @param peer the intervals at which the peer can send and wants to receive: the numbers of its `heart-beat` header.
   */
  agree(offered: number, peer: { canSend: number; wants: number }, now: number): void {
    this.#sendEvery = offered === 0 || peer.wants === 0 ? 0 : Math.max(offered, peer.wants)
    this.#expectEvery = offered === 0 || peer.canSend === 0 ? 0 : Math.max(offered, peer.canSend)
    this.lastReadAt = now
  }

  /** @returns whether a heart-beat must go out before the next check, `interval` ms from now. */
  isDue(now: number, lastWriteAt: number, interval: number): boolean {
    return this.#sendEvery > 0 && now + interval - lastWriteAt > this.#sendEvery
  }

  /**
   * Asks at most once per interval of silence. A page in the background may run its timers only once a minute, while its browser still
   * answers pings.
   * @returns whether to ping the peer now; then it counts as asked.
   */
  shouldAsk(now: number): boolean {
    const ask = this.#expectEvery > 0 && now - Math.max(this.lastReadAt, this.#askedAt) > this.#expectEvery
    if (ask) this.#askedAt = now
    return ask
  }

  /** @returns whether the peer has been silent for two intervals; one heart-beat may be late. */
  isSilent(now: number): boolean {
    return this.#expectEvery > 0 && now - this.lastReadAt > 2 * this.#expectEvery
  }
}
