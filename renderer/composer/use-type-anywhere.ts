import { useEffect, type RefObject } from 'react'

/** Where typing belongs to something else. */
const busy =
  'input, textarea, select, [contenteditable], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]'

/** @returns whether a key pressed outside a field is the beginning of a text: a character, an input method's key, or a paste. */
const isText = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
  if (ctrlKey || metaKey) return !altKey && key.toLowerCase() === 'v'
  return !altKey && key !== ' ' && (key.length === 1 || key === 'Process')
}

/** Gives `field` the focus when somebody types while nothing else that takes text has it; the key itself then goes there. */
export const useTypeAnywhere = (field: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const at = event.target instanceof Element ? event.target : null
      if (!event.defaultPrevented && isText(event) && !at?.closest(busy)) field.current?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [field])
}
