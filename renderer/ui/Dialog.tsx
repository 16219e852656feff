import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Dialog.module.css'
import { returnFocus, useInertPage } from './page-behind.ts'

interface Props {
  /** The question, or what is being made. */
  title: string
  /** A sentence of explanation under the title. */
  description?: string
  onClose: () => void
  children: ReactNode
}

// Not modal in Radix's sense: its scroll lock injects a <style>, which the content security policy refuses. The page
// behind is made inert instead, which keeps focus and pointer in the dialog just as well.

/** A dialog over the window; it is open as long as it is rendered. */
export const Dialog = ({ title, description, onClose, children }: Props) => {
  useInertPage()
  return (
    <Radix.Root open modal={false} onOpenChange={open => open || onClose()}>
      <Radix.Portal>
        <div className={styles.scrim}>
          <Radix.Content
            className={styles.dialog}
            aria-modal="true"
            onCloseAutoFocus={returnFocus}
            {...(!description && { 'aria-describedby': undefined })}
          >
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {description && (
              <Radix.Description className={styles.description}>{description}</Radix.Description>
            )}
            {children}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The row of buttons at the foot of a dialog; the safe answer comes first. */
export const DialogButtons = ({ children }: { children: ReactNode }) => (
  <div className={styles.buttons}>{children}</div>
)
