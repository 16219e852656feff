/** A Korean input method at Chromium's own input layer: composition, its end, and the keys that go with it. */
import { cdp } from 'vitest/browser'

interface Session {
  send(method: string, params: Record<string, unknown>): Promise<unknown>
}
const session = (): Session => cdp()

/** The keydown and keyup that an input method takes for itself. */
const takenKey = async (key: string): Promise<void> => {
  await session().send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, windowsVirtualKeyCode: 229 })
  await session().send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: 229 })
}

/** Shows `text` as what is being composed. */
export const compose = async (text: string): Promise<void> => {
  await takenKey('Process')
  await session().send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  })
}

/** Types `steps` one after the other in one composition, as 안 is typed ㅇ, 아, 안. */
export const composeAll = async (...steps: string[]): Promise<void> => {
  for (const step of steps) await compose(step)
}

/** Ends the composition with `text`. */
export const commit = (text: string): Promise<unknown> => session().send('Input.insertText', { text })

/** Enter as the input method takes it, while it composes. */
export const takenEnter = (): Promise<void> => takenKey('Enter')
