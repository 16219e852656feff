/** Where a part of a message's text stands on the page. */

/** @returns the element of a message among those in `list`. */
export const messageElement = (list: Element, id: string): HTMLElement | undefined =>
  Array.from(list.querySelectorAll<HTMLElement>('[data-message]')).find(row => row.dataset.message === id)

/**
 * @param message the message's element.
 * @param at UTF-16 units into its text.
 * @returns the place of that character; null if the message has no such character.
 */
export const placeOfCharacter = (message: Element, at: number): DOMRect | null => {
  const paragraph = message.querySelector('p')
  if (!paragraph) return null
  const nodes = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
  let left = at
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
  return null
}
