import { endComposition } from '../ui/forms/composition.ts'
import { formatted, type Edit, type Format } from './formatting.ts'

/** Replaces a part of the field's text as typing would: the field tells that it changed, and Undo brings the text back. */
const replaceIn = (field: HTMLTextAreaElement, { from, to, text, selection }: Edit): void => {
  field.focus()
  field.setSelectionRange(from, to)
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no other call edits a field and keeps its Undo history
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text)
  field.setSelectionRange(...selection)
}

/** Formats what is selected in the field. An open syllable is kept as it stands. */
export const formatField = (field: HTMLTextAreaElement | null, format: Format): void => {
  if (!field) return
  endComposition()
  const { value, selectionStart, selectionEnd } = field
  replaceIn(field, formatted(format, value, selectionStart, selectionEnd))
}
