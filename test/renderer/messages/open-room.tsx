/** A room in a real browser, whose cache is the test's. */
import { expect } from 'vitest'
import { page, type Locator } from 'vitest/browser'
import { RoomView } from '../../../renderer/messages/RoomView.tsx'
import { OpenDialog } from '../../../renderer/shell/OpenDialog.tsx'
import { useStore } from '../../../renderer/store/use-store.ts'
import type { Message, Room } from '../../../shared/contract/model.ts'
import { aRoom } from '../../shared/contract/examples.ts'
import { pageOf } from '../page-of.ts'
import { stage } from '../stage.tsx'
import { aSnapshot, type windowBridge } from '../window-bridge.ts'

/** The room that is open, as the shell shows it. */
const OpenRoom = () => {
  const view = useStore(state => state.view)
  return (
    <>
      {view.name === 'room' && <RoomView key={view.room} room={view.room} />}
      <OpenDialog />
    </>
  )
}

/** Opens the room `general`, whose cache holds `all`; beside it there is an empty room, `lunch`. */
export const openRoom = (
  all: readonly Message[],
  room: Partial<Room> = {},
  answers: Parameters<typeof windowBridge>[1] = {},
) =>
  stage(<OpenRoom />, () => aSnapshot({ messenger: { rooms: [aRoom('general', room), aRoom('lunch')] } }), {
    listMessages: input => pageOf(input.room === aRoom('general').key ? all : [], input),
    ...answers,
  })

export const list = (): Locator => page.getByRole('log')
export const field = (): Locator => page.getByRole('textbox')

const scroller = (): Element => list().element()
export const scrollBy = (pixels: number): void => scroller().scrollBy(0, pixels)
/** @returns how much is below the fold, in px. */
export const belowFold = (): number => {
  const { scrollHeight, scrollTop, clientHeight } = scroller()
  return scrollHeight - scrollTop - clientHeight
}

export const row = (id: string): HTMLElement | null => document.querySelector(`[data-message="${id}"]`)
/** @returns the row, once the page has it. */
export const shownRow = async (id: string): Promise<HTMLElement> => {
  await expect.poll(() => row(id)).not.toBeNull()
  const shown = row(id)
  if (!shown) throw new Error(`the row of ${id} has gone again`)
  return shown
}
/** Waits until the page has been painted twice: layout and scrolling that follow a change are done. */
export const twoFrames = () =>
  new Promise<void>(resolve => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
/** @returns the row's distance from the top of the page in px; NaN where the page has no such row. */
export const topOf = (id: string): number => row(id)?.getBoundingClientRect().top ?? Number.NaN
/** @returns whether the row is wholly in view. */
export const inView = (id: string): boolean => {
  const at = row(id)?.getBoundingClientRect()
  const frame = scroller().getBoundingClientRect()
  return at !== undefined && at.top >= frame.top && at.bottom <= frame.bottom
}
/** @returns the message at the top of the view. */
export const topmost = (): string => {
  const frame = scroller().getBoundingClientRect()
  const rows = [...document.querySelectorAll<HTMLElement>('[data-message]')]
  const tops = rows.filter(element => element.getBoundingClientRect().top >= frame.top)
  tops.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
  return tops[0]?.dataset.message ?? ''
}
