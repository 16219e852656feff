/** How the message list scrolls: along with what comes in at the end, steady elsewhere, reading on as the reader comes near. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { messageElement, placeOfCharacter } from '../row/message-part.ts'
import type { LoadedMessages, ReadingPosition, RoomWindow } from './room-window.ts'
import type { Row } from '../row/rows.ts'

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
  /** To be called when rows have been measured or have come into view. */
  changed: () => void
}

/** @returns how the list over `roomWindow` scrolls, from its first render to its last. */
export const createListScroll = (roomWindow: RoomWindow): ListScroll => {
  let scroller: HTMLDivElement | null = null
  let now: Rendered | null = null
  let isPlaced = false
  let aimed: LoadedMessages['target'] = null
  let isFramePending = false
  /** The scroller as it was at the last look. */
  let seen = { scrollTop: 0, scrollHeight: 0, clientHeight: 0 }
  /** Whether the list is on its way to a row, which is known by its index: until it is there, no rows may come before that. */
  let isSteering = false
  /** The character that has to be in view when the list is there: its row may be taller than the view. */
  let sought: { id: string; at: number } | null = null
  /** What is left to do at the next frame to be exactly there. */
  let correct: (() => unknown) | null = null
  /** Whether the list goes along with what comes in. */
  let isFollowing = true

  /** Notes where the reader is. Only the reader leaves the end: what a new layout pushes away from it is brought back. */
  const look = (): void => {
    if (!scroller || !now || !isPlaced) return
    const { rows, loaded, virtualizer } = now
    const { scrollTop, scrollHeight, clientHeight } = scroller
    const isNear = scrollHeight - clientHeight - scrollTop <= endThreshold
    const isByLayout =
      clientHeight !== seen.clientHeight || scrollHeight < seen.scrollHeight || scrollTop >= seen.scrollTop
    seen = { scrollTop, scrollHeight, clientHeight }
    isFollowing = !loaded.hasLater && (isNear || (isFollowing && isByLayout))
    if (isFollowing && !isNear) virtualizer.scrollToEnd()
    const top = virtualizer.getVirtualItemForOffset(scrollTop)
    const message = rows.slice(top?.index).find(row => row.kind === 'message' || row.kind === 'presence')
    if (isFollowing) roomWindow.moveTo(null)
    else if (top && message) {
      roomWindow.moveTo({ key: String(top.key), id: message.key, offset: scrollTop - top.start })
    }
  }

  const showSought = (): void => {
    if (!scroller || !now || !sought) return
    const row = messageElement(scroller, sought.id)
    const character = row && placeOfCharacter(row, sought.at)
    sought = null
    if (!character) return
    const view = scroller.getBoundingClientRect()
    if (character.top >= view.top && character.bottom <= view.bottom) return
    now.virtualizer.scrollToOffset(scroller.scrollTop + character.top - view.top - view.height / 3)
  }

  const readOn = (): void => {
    if (!scroller || !now) return
    const { rows, virtualizer } = now
    isSteering &&= virtualizer.isScrolling
    if (isSteering) return
    showSought()
    const { scrollTop, clientHeight } = scroller
    const first = virtualizer.getVirtualItemForOffset(scrollTop)?.index ?? 0
    const last = virtualizer.getVirtualItemForOffset(scrollTop + clientHeight)?.index ?? 0
    if (first < approach) void roomWindow.loadEarlier()
    if (last >= rows.length - approach) void roomWindow.loadLater()
  }

  /** At the next frame the scroll events of what was done now have come: only then is it known what is near the view. */
  const settle = (): void => {
    if (isFramePending) return
    isFramePending = true
    requestAnimationFrame(() => {
      isFramePending = false
      correct?.()
      correct = null
      look()
      readOn()
    })
  }

  const follow = (virtualizer: Rendered['virtualizer']): void => {
    isFollowing = true
    virtualizer.scrollToEnd()
  }

  /** @returns whether the row that was on top when the room was left is there, and back on top. */
  const restore = (left: ReadingPosition, { rows, virtualizer }: Rendered): boolean => {
    const index = rows.findIndex(row => row.key === left.key || row.key === left.id)
    const top = virtualizer.measurementsCache[index]
    if (top) virtualizer.scrollToOffset(top.start + left.offset)
    return top !== undefined
  }

  /** Goes to where a room begins: where it was left, else at what is new, else at the end. */
  const place = (next: Rendered): void => {
    const { rows, virtualizer } = next
    const left = roomWindow.position()
    const newLine = rows.findIndex(row => row.kind === 'new')
    isFollowing = false
    // Once more when the rows around it have been measured.
    if (left && restore(left, next)) correct = () => now && restore(left, now)
    else if (newLine >= 0) virtualizer.scrollToIndex(newLine, { align: 'start' })
    else follow(virtualizer)
  }

  const aim = ({ rows, loaded: { target }, virtualizer }: Rendered): void => {
    isFollowing = false
    if (target?.id === null) follow(virtualizer)
    else if (target) {
      const index = rows.findIndex(row => row.key === target.id)
      virtualizer.scrollToIndex(index, { align: 'center' })
      sought = { id: target.id, at: target.at }
    }
  }

  return {
    changed: settle,
    attach: element => {
      scroller = element
      // Capturing: before the virtualizer hears of it and renders, it has to be known whether the reader has left the end.
      const options = { capture: true, passive: true }
      element.addEventListener('scroll', look, options)
      const resized = new ResizeObserver(() => {
        if (isFollowing) now?.virtualizer.scrollToEnd()
      })
      resized.observe(element)
      return () => {
        resized.disconnect()
        element.removeEventListener('scroll', look, options)
        scroller = null
        roomWindow.leave()
      }
    },
    rendered: next => {
      const before = now
      now = next
      const { rows, loaded, virtualizer } = next
      if (loaded.phase === 'opening') return
      if (loaded.target && loaded.target !== aimed) {
        aimed = loaded.target
        isSteering = true
        aim(next)
        roomWindow.arrived()
      } else if (!isPlaced) {
        isSteering = true
        if (rows.length > 0) place(next)
      } else if (rows !== before?.rows && isFollowing && !loaded.hasLater) {
        follow(virtualizer)
      }
      isPlaced = true
      settle()
    },
  }
}
