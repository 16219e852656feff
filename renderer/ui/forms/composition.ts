/**
 * The open composition in this page. Korean text nearly always ends in an open syllable, which is already in its final form, so a
 * shortcut goes to the window. Other input methods show a preview (にほん for 日本) that they still convert, so keys go to them.
 */
import { endsInHangul } from '../../../shared/text/hangul.ts'
import { isComposing } from './input-method.ts'

/** The text of the composition; empty without one. */
let shown = ''
document.addEventListener('compositionstart', () => (shown = ''), true)
document.addEventListener('compositionupdate', ({ data }) => (shown = data), true)
document.addEventListener('compositionend', () => (shown = ''), true)

/** @returns whether a Hangul syllable is open. */
export const isSyllableOpen = (): boolean => endsInHangul(shown)

/** @returns whether this key belongs to the input method. */
export const isInputMethods = (press: KeyboardEvent): boolean => isComposing(press) && !isSyllableOpen()

/** Commits the composition in its field, so that it does not continue in the next focused field. */
export const endComposition = (): void => {
  const field = document.activeElement
  if (shown === '' || !(field instanceof HTMLElement)) return
  field.blur()
  field.focus()
}
