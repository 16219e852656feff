/**
 * The composition that is open in this page. Korean text nearly always ends in an open syllable, which stands there as typed: a shortcut
 * that is pressed then is the window's. What other input methods show (にほん for 日本) is still being chosen, and the keys are theirs.
 */
import { endsInHangul } from '../../../shared/text/hangul.ts'
import { isComposing } from './input-method.ts'

/** What the input method shows; empty while none composes. */
let shown = ''
document.addEventListener('compositionstart', () => (shown = ''), true)
document.addEventListener('compositionupdate', ({ data }) => (shown = data), true)
document.addEventListener('compositionend', () => (shown = ''), true)

/** @returns whether a syllable of Hangul is open. */
export const isSyllableOpen = (): boolean => endsInHangul(shown)

/** @returns whether this key is the input method's, and nobody else's. */
export const isInputMethods = (press: KeyboardEvent): boolean => isComposing(press) && !isSyllableOpen()

/** Ends the composition where it is: its text stays in its field, and does not go on in the next one that has the focus. */
export const endComposition = (): void => {
  const field = document.activeElement
  if (shown === '' || !(field instanceof HTMLElement)) return
  field.blur()
  field.focus()
}
