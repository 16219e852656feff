import { clsx } from 'clsx'
import { compose } from '../../../shared/text/compose.ts'
import { avatarText, hueOf } from './avatar-text.ts'
import styles from './Avatar.module.css'

interface Props {
  name: string
  /** `row` follows the density (32 or 28 px), `me` is 32, `small` 24 and `room` 20 px. */
  size?: 'row' | 'me' | 'small' | 'room'
}

/** A person as a coloured tile; the colour depends only on the name. Decorative: the name is next to it. */
export const Avatar = ({ name, size = 'row' }: Props) => (
  <span
    className={clsx(styles.avatar, styles[size])}
    data-hue={hueOf(compose(name).trim())}
    aria-hidden="true"
  >
    <b data-letters={avatarText(name, size === 'small' || size === 'room' ? 1 : 2)} />
  </span>
)
