import type { MouseEvent, ReactNode } from 'react'
import { useStore } from '../../store/use-store.ts'
import styles from './Link.module.css'
import { useOpenLink } from './use-open-link.ts'

interface Props {
  /** Of http, https or mailto. */
  href: string
  /** The host that opens, where the text does not show it. */
  host: string | null
  /** Whether the text reads like another host. */
  deceives: boolean
  /** The text. */
  children: ReactNode
}

/**
 * A link in a text: opens outside, never in this window. Its title is where it really leads; where its text does not say so, the host
 * stands beside it, and where it deceives, opening it asks.
 */
export const Link = ({ href, host, deceives, children }: Props) => {
  const openLink = useOpenLink()
  const openDialog = useStore(state => state.openDialog)
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    if (event.button > 1) return
    if (deceives && host !== null) openDialog({ name: 'open-link', href, trueHost: host })
    else openLink(href)
  }
  return (
    <a
      className={styles.link}
      href={href}
      title={href}
      data-host={host ?? undefined}
      data-deceives={deceives || undefined}
      draggable={false}
      onClick={open}
      onAuxClick={open}
    >
      {children}
    </a>
  )
}
