import { Dialog as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../store/use-store.ts'
import { isComposing } from '../forms/input-method.ts'
import styles from './Dialog.module.css'
import { returnFocus, useInertPage } from './page-behind.ts'

interface Props {
  /** The question, or the task. */
  title: string
  /** An explanation under the title. */
  description?: ReactNode
  onClose: () => void
  /** Whether it opened by itself: then nothing in it has the focus, so that a key meant for the page can't answer it. */
  unasked?: boolean
  children: ReactNode
}

// Not modal in Radix's sense: its scroll lock injects a <style>, which the content security policy forbids. Instead the
// page behind is inert, which keeps focus and pointer in the dialog as well.

/** A dialog over the window, open while it is rendered. */
export const Dialog = ({ title, description, onClose, unasked = false, children }: Props) => {
  useInertPage()
  const content = useRef<HTMLDivElement>(null)
  return (
    <Radix.Root open modal={false} onOpenChange={open => open || onClose()}>
      <Radix.Portal>
        <div className={styles.scrim}>
          <Radix.Content
            ref={content}
            className={styles.dialog}
            aria-modal="true"
            onOpenAutoFocus={event => {
              if (!unasked) return
              event.preventDefault()
              content.current?.focus()
            }}
            // The key only ends the composition.
            onEscapeKeyDown={event => isComposing(event) && event.preventDefault()}
            onCloseAutoFocus={returnFocus}
            {...(!description && { 'aria-describedby': undefined })}
          >
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {description && (
              <Radix.Description className={styles.description}>{description}</Radix.Description>
            )}
            {children}
            <Waiting />
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Says that a link was opened from outside meanwhile. */
const Waiting = () => {
  const { t } = useTranslation()
  const waits = useStore(state => state.requests.length > 0)
  return (
    <p className={styles.waiting} role="status">
      {waits && t('waiting')}
    </p>
  )
}

/** The buttons at the foot of a dialog; the safe answer comes first. */
export const DialogButtons = ({ children }: { children: ReactNode }) => (
  <div className={styles.buttons}>{children}</div>
)
