/** The arrow keys in the message list: the list is one tab stop, they go through the messages that are in the page. */
import type { KeyboardEvent } from 'react'

const steps: Partial<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 }

const isInView = (row: HTMLElement, list: HTMLElement): boolean =>
  row.getBoundingClientRect().bottom <= list.getBoundingClientRect().bottom

/** Handles a key of the list. Beyond the last message, and with other keys, the list scrolls as ever. */
export const moveAlongRows = (event: KeyboardEvent<HTMLElement>): void => {
  const { key, currentTarget: list, target } = event
  const step = steps[key]
  const isOurs = target instanceof Node && list.contains(target) && !event.defaultPrevented
  if (!step || !isOurs || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const rows = [...list.querySelectorAll<HTMLElement>('[data-message]')]
  const at = rows.findIndex(row => row.contains(document.activeElement))
  // From the list itself to the lowest message in view.
  const next = at < 0 ? rows.findLast(row => isInView(row, list)) : rows[at + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
