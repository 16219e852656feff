import { Switch as Radix } from 'radix-ui'
import styles from './Switch.module.css'

interface Props {
  checked: boolean
  onChange: (checked: boolean) => void
  /** Ids of the words beside it. */
  labelledBy: string
  describedBy?: string
}

/** A switch that acts at once. */
export const Switch = ({ checked, onChange, labelledBy, describedBy }: Props) => (
  <Radix.Root
    className={styles.switch}
    checked={checked}
    onCheckedChange={onChange}
    aria-labelledby={labelledBy}
    aria-describedby={describedBy}
  >
    <Radix.Thumb className={styles.thumb} />
  </Radix.Root>
)
