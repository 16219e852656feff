/** The page behind a dialog: out of reach while the dialog is open, with the focus where it was afterwards. */
import { useEffect } from 'react'

const pageOf = (): HTMLElement | null => document.getElementById('root')

/** The element of the page that had the focus last. A menu has its own outside of the page, and is gone when its entry opens a dialog. */
let focusedLast: HTMLElement | null = null
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && pageOf()?.contains(target)) focusedLast = target
})

/** Makes the page inert as long as the component is there. */
export const useInertPage = (): void => {
  useEffect(() => {
    pageOf()?.setAttribute('inert', '')
    return () => pageOf()?.removeAttribute('inert')
  }, [])
}

/** Gives the focus back to the page. */
export const returnFocus = (): void => focusedLast?.focus()
