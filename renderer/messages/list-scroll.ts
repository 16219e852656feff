/** How the message list scrolls: along with what comes in at the end, steady elsewhere, reading on as the reader comes near. */
import type { Virtualizer } from '@tanstack/react-virtual'
import type { LoadedMessages, RoomWindow } from './room-window.ts'
import type { Row } from './rows.ts'

/** The reader is at the end while no more than this is below the fold, in px. */
export const endThreshold = 32
/** Rows before the edge of what is loaded at which the next page is asked for. */
const approach = 20

/** What the list has just rendered. */
interface Rendered {
  rows: readonly Row[]
  loaded: LoadedMessages
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>
}

export interface ListScroll {
  /** Takes the scroller in hand. @returns what lets it go. */
  attach(scroller: HTMLDivElement): () => void
  /** To be called after every render, before it is painted. */
  rendered(now: Rendered): void
}

/** @returns how the list over `roomWindow` scrolls, from its first render to its last. */
export const createListScroll = (roomWindow: RoomWindow): ListScroll => {
  let scroller: HTMLDivElement | null = null
  let now: Rendered | null = null
  let isPlaced = false
  /** Whether the list goes along with what comes in. */
  let isFollowing = true

  /** Notes where the reader is. */
  const look = (): void => {
    if (!scroller || !now || !isPlaced) return
    const { rows, loaded, virtualizer } = now
    const { scrollTop, scrollHeight, clientHeight } = scroller
    isFollowing = !loaded.hasLater && scrollHeight - clientHeight - scrollTop <= endThreshold
    const top = virtualizer.getVirtualItemForOffset(scrollTop)
    const message = rows.slice(top?.index).find(row => row.kind === 'message' || row.kind === 'presence')
    if (isFollowing) roomWindow.moveTo(null)
    else if (top && message) {
      roomWindow.moveTo({ key: String(top.key), id: message.key, offset: scrollTop - top.start })
    }
  }

  /** Goes to where a room begins: where it was left, else at what is new, else at the end. */
  const place = ({ rows, virtualizer }: Rendered): void => {
    const left = roomWindow.position()
    const start = left
      ? virtualizer.measurementsCache[rows.findIndex(row => row.key === left.key || row.key === left.id)]
      : undefined
    const newLine = rows.findIndex(row => row.kind === 'new')
    if (left && start) virtualizer.scrollToOffset(start.start + left.offset)
    else if (newLine >= 0) virtualizer.scrollToIndex(newLine, { align: 'start' })
    else virtualizer.scrollToEnd()
  }

  const aim = ({ rows, loaded: { target }, virtualizer }: Rendered): void => {
    if (target === 'end') virtualizer.scrollToEnd()
    else if (target) {
      virtualizer.scrollToIndex(
        rows.findIndex(row => row.key === target.id),
        { align: 'center' },
      )
    }
    isFollowing = target === 'end'
  }

  const readOn = ({ rows, virtualizer }: Rendered): void => {
    const shown = virtualizer.getVirtualItems()
    const [first, last] = [shown[0], shown.at(-1)]
    if (first && first.index < approach) void roomWindow.loadEarlier()
    if (last && last.index >= rows.length - approach) void roomWindow.loadLater()
  }

  return {
    attach: element => {
      scroller = element
      element.addEventListener('scroll', look, { passive: true })
      const resized = new ResizeObserver(() => {
        if (isFollowing) now?.virtualizer.scrollToEnd()
      })
      resized.observe(element)
      return () => {
        resized.disconnect()
        element.removeEventListener('scroll', look)
        scroller = null
        roomWindow.leave()
      }
    },
    rendered: next => {
      const before = now
      now = next
      const { rows, loaded, virtualizer } = next
      if (loaded.phase === 'opening') return
      if (loaded.target) {
        aim(next)
        roomWindow.arrived()
      } else if (!isPlaced) {
        if (rows.length > 0) place(next)
      } else if (rows !== before?.rows && isFollowing && !loaded.hasLater) {
        virtualizer.scrollToEnd()
      }
      // Where nothing scrolls, no scroll event tells where the reader is.
      if (!isPlaced || loaded.target) requestAnimationFrame(look)
      isPlaced = true
      readOn(next)
    },
  }
}
