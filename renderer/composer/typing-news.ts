/** Tells the messenger that the person is typing: not at every key, because the command would cost as much as the key. */

/** Milliseconds after which the typing notice is repeated; a host forgets it after 5 s. */
const pause = 1000

export interface TypingNews {
  /** The field holds something that could be sent, or nothing any more. */
  typed: (typing: boolean) => void
  /** The text was sent; the next key begins a new one. */
  sent: () => void
}

export const createTypingNews = (tell: (typing: boolean) => void): TypingNews => {
  let toldAt = -Infinity
  return {
    typed: typing => {
      const now = performance.now()
      if (typing && now - toldAt < pause) return
      toldAt = typing ? now : -Infinity
      tell(typing)
    },
    sent: () => {
      toldAt = -Infinity
    },
  }
}
