import type { MouseEvent } from 'react'
import { useStore } from '../../store/use-store.ts'
import styles from './Link.module.css'
import { useOpenLink } from './use-open-link.ts'

interface Props {
  /** Of http, https or mailto. */
  href: string
  /** As it was typed. */
  text: string
  /** The host that opens, where the text reads like another one. */
  trueHost: string | null
}

/**
 * An address in a text: opens outside, never in this window. Its title is where it really leads; where its text deceives, the host stands
 * beside it, and opening it asks.
 */
export const Link = ({ href, text, trueHost }: Props) => {
  const openLink = useOpenLink()
  const openDialog = useStore(state => state.openDialog)
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    if (event.button > 1) return
    if (trueHost === null) openLink(href)
    else openDialog({ name: 'open-link', href, trueHost })
  }
  return (
    <a
      className={styles.link}
      href={href}
      title={href}
      data-host={trueHost ?? undefined}
      draggable={false}
      onClick={open}
      onAuxClick={open}
    >
      {text}
    </a>
  )
}
