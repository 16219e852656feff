import { clsx } from 'clsx'
import { isMac } from '../../store/surface.ts'
import { useStore } from '../../store/use-store.ts'
import styles from './Keys.module.css'

/** `mod` is Ctrl, and ⌘ on macOS. */
export type KeyName = 'mod' | 'shift' | 'alt' | 'enter' | 'esc' | 'up' | 'down' | (string & {})

const names: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  enter: 'Enter',
  esc: 'Esc',
  up: '↑',
  down: '↓',
}
const macNames: Record<string, string> = { ...names, mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩' }

/** A shortcut as keycaps, with this system's key names. `plain` omits the caps. */
export const Keys = ({ of, plain = false }: { of: readonly KeyName[]; plain?: boolean }) => {
  const mac = useStore(isMac)
  return (
    <span className={clsx(styles.keys, plain && styles.plain)} aria-hidden={plain || undefined}>
      {of.map(key => (
        <kbd key={key} className={styles.key}>
          {(mac ? macNames : names)[key] ?? key}
        </kbd>
      ))}
    </span>
  )
}
