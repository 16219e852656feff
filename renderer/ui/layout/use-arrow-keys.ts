import type { KeyboardEvent, RefObject } from 'react'

const stop = '[data-arrow-stop]'

/** @returns props that make a list item reachable by arrow keys, and one item of the list by the tab key. */
export const arrowStop = (byTab: boolean) => ({ 'data-arrow-stop': '', tabIndex: byTab ? 0 : -1 }) as const

/**
 * Makes a list one tab stop: arrows, Home and End move through the items with {@link arrowStop}.
 * @returns the key handler of the list.
 */
export const useArrowKeys =
  (list: RefObject<HTMLElement | null>) =>
  (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const items = [...(list.current?.querySelectorAll<HTMLElement>(stop) ?? [])]
    const at = items.findIndex(item => item === document.activeElement)
    if (at < 0) return
    const target: Partial<Record<string, HTMLElement | undefined>> = {
      ArrowDown: items[at + 1],
      ArrowUp: items[at - 1],
      Home: items[0],
      End: items.at(-1),
    }
    const next = target[event.key]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
