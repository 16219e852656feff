import { useEffect, type RefObject } from 'react'

/** Where typing belongs to something else. */
const busy = 'input, textarea, select, [contenteditable]'

/** @returns whether a key pressed outside a field is the beginning of a text: a character, an input method's key, or a paste. */
const isText = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
  if (ctrlKey || metaKey) return !altKey && key.toLowerCase() === 'v'
  return !altKey && key !== ' ' && (key.length === 1 || key === 'Process')
}

/**
 * Focuses `field` when the person types and nothing else could be meant: in the sheet that holds the field, or nowhere. Nowhere is
 * also where the focus is after its field has gone under the typing hand (a form that closed by itself): that text was meant for it.
 */
export const useTypeAnywhere = (field: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    let last: Element | null = null
    const focused = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : null
    }
    const pointed = (): void => {
      last = null
    }
    const isFree = (at: Element): boolean =>
      at === document.body
        ? !(last?.matches(busy) && !last.isConnected)
        : at.closest('main') !== null && !at.closest(busy)
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !isText(event) || !(event.target instanceof Element)) return
      if (isFree(event.target)) field.current?.focus()
    }
    document.addEventListener('focusin', focused)
    document.addEventListener('pointerdown', pointed)
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('focusin', focused)
      document.removeEventListener('pointerdown', pointed)
      document.removeEventListener('keydown', press)
    }
  }, [field])
}
