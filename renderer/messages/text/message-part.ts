/** Where a part of a message's text stands on the page. */

/** @returns the element of a message among those in `list`. */
export const messageElement = (list: Element, id: string): HTMLElement | undefined =>
  Array.from(list.querySelectorAll<HTMLElement>('[data-message]')).find(row => row.dataset.message === id)

/**
 * @param message the message's element.
 * @param at UTF-16 units into its plain text (`plainText`), in which a line break stands between two blocks.
 * @returns the place of that character; null if the message has no such character.
 */
export const placeOfCharacter = (message: Element, at: number): DOMRect | null => {
  let left = at
  for (const block of message.querySelectorAll('[data-block]')) {
    const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const length = node.nodeValue?.length ?? 0
      if (left < length) {
        const range = document.createRange()
        range.setStart(node, left)
        range.setEnd(node, left + 1)
        return range.getBoundingClientRect()
      }
      left -= length
    }
    left -= 1
    if (left < 0) return null
  }
  return null
}
