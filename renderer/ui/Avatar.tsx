import { clsx } from 'clsx'
import styles from './Avatar.module.css'
import { hueOf, initialOf, initialsOf } from './face.ts'

type AvatarSize = 'message' | 'me' | 'small' | 'room' | 'tiny'

/**
 * A person's face. It stands beside the name, so that assistive technology passes it over.
 * `message` follows the density; the other sizes are fixed: me 32 px, small 24, room 20, tiny 16.
 */
export const Avatar = ({ name, size = 'message' }: { name: string; size?: AvatarSize }) => (
  <span
    className={clsx(styles['avatar'], size !== 'message' && styles[size])}
    data-hue={hueOf(name)}
    aria-hidden="true"
  >
    <b>{size === 'message' || size === 'me' ? initialsOf(name) : initialOf(name)}</b>
  </span>
)
