import { Tooltip as Radix } from 'radix-ui'
import type { FocusEvent, ReactElement } from 'react'
import { Keys, type KeyName } from './Keys.tsx'
import styles from './Tooltip.module.css'

interface Props {
  text: string
  keys?: readonly KeyName[]
  side?: 'bottom' | 'right'
  children: ReactElement
}

/** Suppresses the tooltip when focus returns by itself, for example after closing a dialog with the pointer, where it would stay open. */
const keyboardOnly = (event: FocusEvent): void => {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
}

/** Describes a control on hover and keyboard focus. The control has its own label. */
export const Tooltip = ({ text, keys, side = 'bottom', children }: Props) => (
  <Radix.Root delayDuration={500} disableHoverableContent>
    <Radix.Trigger asChild onFocus={keyboardOnly}>
      {children}
    </Radix.Trigger>
    <Radix.Portal>
      <Radix.Content
        className={styles.tooltip}
        side={side}
        sideOffset={6}
        collisionPadding={8}
        aria-hidden="true"
      >
        {text}
        {keys && <Keys of={keys} plain />}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)

/** Lets the tooltips of one window share their delay. */
export const TooltipProvider = Radix.Provider
