/** The page behind a dialog: inert while the dialog is open; afterwards the focus returns to where it was. */
import { useEffect } from 'react'

const pageOf = (): HTMLElement | null => document.getElementById('root')

/** The page's last focused element. A menu is outside the page, and has closed when its entry opens a dialog. */
let focusedLast: HTMLElement | null = null
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLElement && pageOf()?.contains(target)) focusedLast = target
})

/** Makes the page inert while the component is mounted. */
export const useInertPage = (): void => {
  useEffect(() => {
    pageOf()?.setAttribute('inert', '')
    return () => pageOf()?.removeAttribute('inert')
  }, [])
}

/** Returns the focus to the page. */
export const returnFocus = (): void => focusedLast?.focus()
