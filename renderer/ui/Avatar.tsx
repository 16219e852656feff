import { clsx } from 'clsx'
import { avatarText, hueOf } from './avatar-text.ts'
import styles from './Avatar.module.css'

interface Props {
  name: string
  /** What the hue is made from: the person's id, so that two people of one name differ. */
  seed?: string
  /** `row` follows the density (32 or 28 px), `me` is 32, `small` 24 and `room` 20 px. */
  size?: 'row' | 'me' | 'small' | 'room'
}

/** A person as a coloured tile. Decoration: the name stands beside it. */
export const Avatar = ({ name, seed = name, size = 'row' }: Props) => (
  <span className={clsx(styles.avatar, styles[size])} data-hue={hueOf(seed)} aria-hidden="true">
    <b>{avatarText(name, size === 'small' || size === 'room' ? 1 : 2)}</b>
  </span>
)
