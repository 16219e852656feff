/** Scrolls the message list: follows new messages at the end, keeps still elsewhere, and loads more as the reader comes near an edge. */
import { flushSync } from 'react-dom'
import { messageElement, placeOfCharacter } from '../text/message-part.ts'
import type { Row } from '../row/rows.ts'
import { isAmple, portionAt, type Portion, type Span } from './portion.ts'
import type { JumpTarget, LoadedMessages, RoomWindow } from './room-window.ts'
import { rowAt, RowHeights } from './row-heights.ts'

/** Space before the first row and after the last one, in px. */
export const edges = { start: 16, end: 8 }
/** The reader is at the end while no more than this is below the fold, in px. */
const endThreshold = 32
/** Rows between the reader and the edge of the loaded messages at which the next page is loaded. */
const approach = 20

/** The list as it was just rendered. */
interface Rendered {
  rows: readonly Row[]
  loaded: LoadedMessages
  portion: Portion
  /** Where that is among the rows. */
  span: Span
}

/** A row that has to stand somewhere in the view. */
interface Goal {
  key: string
  /** @param height of the row. @returns how far it has to be below the top of a view that is `view` px high. */
  top: (height: number, view: number) => number
}

/** Renders another portion of the list. */
type Cut = (portion: Portion) => void

export class ListScroll {
  readonly heights = new RowHeights()
  readonly #roomWindow: RoomWindow
  readonly #cut: Cut
  #scroller: HTMLElement | null = null
  #now: Rendered | null = null
  /** Of the rows in `#now`. */
  #starts = new Float64Array(1)
  #isPlaced = false
  #aimed: JumpTarget | null = null
  /** The target to bring into view; the list may have to render it first. */
  #goal: Goal | 'end' | null = null
  /** The character that has to be in view when the list is there: its row may be taller than the view. */
  #sought: JumpTarget | null = null
  /** Whether the list follows new messages. */
  #isFollowing = true
  /** How far below the top of the view the rows in it stood at the last look. */
  #held: { key: string; top: number }[] = []
  /** The scroller as it was at the last look. */
  #seen = { scrollTop: 0, scrollHeight: 0, clientHeight: 0 }

  constructor(roomWindow: RoomWindow, cut: Cut) {
    this.#roomWindow = roomWindow
    this.#cut = cut
  }

  /** Takes the scroller in hand, whose only child holds the rows between two spacers. @returns what lets it go. */
  attach(scroller: HTMLElement): () => void {
    this.#scroller = scroller
    const scrolled = (): void => this.#scrolled()
    scroller.addEventListener('scroll', scrolled, { passive: true })
    const resized = new ResizeObserver(() => this.#resized())
    for (const element of [scroller, ...scroller.children]) resized.observe(element)
    return () => {
      resized.disconnect()
      scroller.removeEventListener('scroll', scrolled)
      this.#scroller = null
      this.#roomWindow.leave()
    }
  }

  /** To be called after every render, before it is painted. */
  rendered(now: Rendered): void {
    const before = this.#now
    this.#now = now
    const { rows, loaded, portion } = now
    if (loaded.phase === 'opening') return
    // Measuring lays out the page, which is a waste if the list has not changed.
    if (before?.rows === rows && before.loaded === loaded && before.portion === portion) return
    this.#measure()
    if (loaded.target && loaded.target !== this.#aimed) {
      this.#aim(loaded.target)
      this.#roomWindow.arrived()
    } else if (!this.#isPlaced && rows.length > 0) {
      this.#goal = this.#beginning(rows)
    }
    this.#isPlaced = true
    this.#settle(this.#cut)
  }

  #aim(target: JumpTarget): void {
    const { id } = target
    this.#aimed = target
    this.#goal = id === null ? 'end' : { key: id, top: (height, view) => (view - height) / 2 }
    this.#sought = target
  }

  /** @returns the first position in a room: the one at which it was left, else the new messages, else the end. */
  #beginning(rows: readonly Row[]): Goal | 'end' {
    const left = this.#roomWindow.position()
    const found = left && rows.find(row => row.key === left.key || row.key === left.id)
    if (found) return { key: found.key, top: () => -left.offset }
    const newLine = rows.find(row => row.kind === 'new')
    return newLine ? { key: newLine.key, top: () => 8 } : 'end'
  }

  #measure(): void {
    const sizer = this.#scroller?.firstElementChild
    if (!sizer || !this.#now) return
    const { rows, span } = this.#now
    rows.slice(span.first, span.end).forEach((row, index) => {
      const element = sizer.children[index + 1]
      if (element) this.heights.note(row, element.getBoundingClientRect().height)
    })
    this.heights.prune(rows)
    this.#starts = this.heights.starts(rows)
  }

  /**
   * Brings the view to where it belongs: to the goal, else to the end that it follows, else back to the rows that were in it. Where rows
   * are missing for that, the list renders them and comes back.
   */
  #settle(cut: Cut): void {
    this.#notice()
    if (this.#goal) this.#isFollowing = this.#goal === 'end'
    const goal = this.#goal ?? this.#heldGoal()
    if (this.#isFollowing) this.#scrollToEnd()
    else if (goal && goal !== 'end' && !this.#scrollTo(goal, cut)) return
    if (this.#recut(cut)) return
    this.#goal = null
    this.#look()
    if (this.#sought === null) return
    this.#showSought(this.#sought)
    this.#sought = null
    this.#look()
    this.#recut(cut)
  }

  /** @returns the first of the rows in view that is still there, where it was. */
  #heldGoal(): Goal | null {
    const held = this.#held.find(({ key }) => this.#now?.rows.some(row => row.key === key))
    return held ? { key: held.key, top: () => held.top } : null
  }

  /** Takes in what the reader has scrolled since the last look, whose event is still to come. */
  #notice(): void {
    if (!this.#scroller) return
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    const isByLayout = clientHeight !== this.#seen.clientHeight || scrollHeight < this.#seen.scrollHeight
    const moved = isByLayout ? 0 : scrollTop - this.#seen.scrollTop
    if (moved < -endThreshold) this.#isFollowing = false
    this.#held = this.#held.map(({ key, top }) => ({ key, top: top - moved }))
    this.#seen = { scrollTop, scrollHeight, clientHeight }
  }

  #scrollToEnd(): void {
    if (this.#scroller) this.#moveTo(this.#scroller.scrollHeight)
  }

  #moveTo(scrollTop: number): void {
    if (!this.#scroller) return
    // Less is the browser's rounding.
    if (Math.abs(scrollTop - this.#scroller.scrollTop) >= 0.5) this.#scroller.scrollTop = scrollTop
    this.#seen.scrollTop = this.#scroller.scrollTop
  }

  /** @returns whether the row is in the page, so that the view can go to it. */
  #scrollTo(goal: Goal, cut: Cut): boolean {
    if (!this.#scroller || !this.#now) return true
    const { rows, span } = this.#now
    const { clientHeight } = this.#scroller
    const index = rows.findIndex(({ key }) => key === goal.key)
    const row = rows[index]
    if (!row) return true
    if (index < span.first || index >= span.end) {
      cut(portionAt(rows, this.heights, index, clientHeight))
      return false
    }
    this.#moveTo(this.#startOf(index) - goal.top(this.heights.of(row), clientHeight))
    return true
  }

  /** @returns how far the row is below the start of what scrolls, in px. */
  #startOf(index: number): number {
    return edges.start + (this.#starts[index] ?? 0)
  }

  /** @returns index of the row that is `offset` px below the start of what scrolls. */
  #rowAt(offset: number): number {
    return rowAt(this.#starts, offset - edges.start)
  }

  /** Renders another portion if the one in the page is not enough any more. @returns whether it did. */
  #recut(cut: Cut): boolean {
    if (!this.#scroller || !this.#now) return false
    const { rows, portion, span } = this.#now
    const { scrollTop, clientHeight } = this.#scroller
    const above = scrollTop - this.#startOf(span.first)
    const below = this.#startOf(span.end) - scrollTop - clientHeight
    const isAtEnd = portion.key === null
    if (isAtEnd === this.#isFollowing && isAmple(above, below, span, rows.length)) return false
    const top = this.#isFollowing ? null : this.#rowAt(scrollTop)
    const next = portionAt(rows, this.heights, top, clientHeight)
    if (next.key === portion.key && next.before === portion.before && next.after === portion.after)
      return false
    cut(next)
    return true
  }

  /** Saves the reader's position, and loads more. */
  #look(): void {
    if (!this.#scroller || !this.#now) return
    const { rows, loaded } = this.#now
    const { scrollHeight, clientHeight } = this.#scroller
    this.#follow(loaded)
    const { scrollTop } = this.#scroller
    this.#seen = { scrollTop, scrollHeight, clientHeight }
    const [first, last] = [this.#rowAt(scrollTop), this.#rowAt(scrollTop + clientHeight)]
    this.#held = rows
      .slice(first, last + 1)
      .map(({ key }, index) => ({ key, top: this.#startOf(first + index) - scrollTop }))
    this.#tellPosition(first)
    if (first < approach) void this.#roomWindow.loadEarlier()
    if (last >= rows.length - approach) void this.#roomWindow.loadLater()
  }

  /** Only the reader leaves the end: if a new layout moves the list away from it, the list goes back. */
  #follow({ hasLater }: LoadedMessages): void {
    if (!this.#scroller) return
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    const isNear = scrollHeight - clientHeight - scrollTop <= endThreshold
    const isByLayout =
      clientHeight !== this.#seen.clientHeight ||
      scrollHeight < this.#seen.scrollHeight ||
      scrollTop >= this.#seen.scrollTop
    this.#isFollowing = !hasLater && (isNear || (this.#isFollowing && isByLayout))
    if (this.#isFollowing && !isNear) this.#scrollToEnd()
  }

  /** @param top index of the row at the top of the view. */
  #tellPosition(top: number): void {
    const rows = this.#now?.rows.slice(top) ?? []
    const message = rows.find(row => row.kind === 'message' || row.kind === 'presence' || row.kind === 'line')
    if (this.#isFollowing) this.#roomWindow.moveTo(null)
    else if (rows[0] && message) {
      const offset = this.#seen.scrollTop - this.#startOf(top)
      this.#roomWindow.moveTo({ key: rows[0].key, id: message.key, offset })
    }
  }

  #showSought({ id, at }: JumpTarget): void {
    const scroller = this.#scroller
    const row = scroller && id && messageElement(scroller, id)
    const character = row && placeOfCharacter(row, at)
    if (!character) return
    const view = scroller.getBoundingClientRect()
    if (character.top >= view.top && character.bottom <= view.bottom) return
    this.#moveTo(scroller.scrollTop + character.top - view.top - view.height / 3)
  }

  #scrolled(): void {
    if (!this.#isPlaced) return
    this.#look()
    this.#recut(this.#cutNow)
  }

  #resized(): void {
    if (!this.#scroller || !this.#isPlaced) return
    const { scrollHeight, clientHeight } = this.#scroller
    if (scrollHeight === this.#seen.scrollHeight && clientHeight === this.#seen.clientHeight) return
    this.#measure()
    this.#settle(this.#cutNow)
  }

  /** Before the next frame is painted; while React commits, every update is. */
  readonly #cutNow: Cut = portion => flushSync(() => this.#cut(portion))
}
