/** The windows that are open, and the one that has the focus. */
import type { BrowserWindow } from './browser-window.ts'

/** By `BrowserWindow.id`, oldest first. */
export const windows = new Map<number, BrowserWindow>()

/** The window with the focus; `changed` tells the windows themselves. */
class Focus {
  #window: BrowserWindow | null = null

  get window(): BrowserWindow | null {
    return this.#window
  }

  /** Moves the focus; the window that had it is told first. */
  move(to: BrowserWindow | null): void {
    const from = this.#window
    if (from === to) return
    this.#window = to
    from?.emit('blur', {})
    to?.emit('focus', {})
  }
}

export const focus = new Focus()
