import { Switch as Radix } from 'radix-ui'
import type { KeyboardEvent } from 'react'
import styles from './Switch.module.css'

interface Props {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Ids of the words beside it. */
  labelledBy: string
  describedBy?: string
}

/** Ignores Enter, like a checkbox: pressed to confirm a form, it would undo the switch that was just turned on. */
const leaveEnter = (event: KeyboardEvent): void => {
  if (event.key === 'Enter') event.preventDefault()
}

/** A switch that acts at once, by click or space bar. */
export const Switch = ({ checked, onChange, labelledBy, describedBy }: Props) => (
  <Radix.Root
    className={styles.switch}
    checked={checked}
    onCheckedChange={onChange}
    onKeyDown={leaveEnter}
    aria-labelledby={labelledBy}
    aria-describedby={describedBy}
  >
    <Radix.Thumb className={styles.thumb} />
  </Radix.Root>
)
