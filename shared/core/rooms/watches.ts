/** The rooms that the windows watch, and how closely; outlives sessions. */
import type { RoomKey } from '../../contract/model.ts'
import { watchLevels, type WatchedRoom, type WatchLevel } from '../../contract/window-commands.ts'

type Levels = ReadonlyMap<RoomKey, WatchLevel>

export class Watches {
  readonly #windows = new Map<object, Levels>()

  /** @returns the closest level at which any window watches the room; null if none does. */
  level(room: RoomKey): WatchLevel | null {
    const ranks = [...this.#windows.values()].flatMap(levels => {
      const level = levels.get(room)
      return level ? [watchLevels.indexOf(level)] : []
    })
    return watchLevels[Math.max(...ranks)] ?? null
  }

  /**
   * Replaces the set of rooms that `window` watches.
   * @returns the rooms whose level has changed, those no longer watched first.
   */
  set(window: object, rooms: readonly WatchedRoom[]): RoomKey[] {
    const before: Levels = this.#windows.get(window) ?? new Map()
    const now: Levels = new Map(rooms.map(({ room, level }) => [room, level]))
    if (now.size > 0) this.#windows.set(window, now)
    else this.#windows.delete(window)
    const left = [...before.keys()].filter(room => !now.has(room))
    return [...left, ...[...now.keys()].filter(room => now.get(room) !== before.get(room))]
  }
}
