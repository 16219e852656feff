import type { MouseEvent } from 'react'
import { useSend } from '../use-store.ts'
import styles from './Link.module.css'

interface Props {
  /** Of http, https or mailto. */
  href: string
  /** As it was typed. */
  text: string
}

/** An address in a text: opens outside, never in this window. Its title is where it really leads. */
export const Link = ({ href, text }: Props) => {
  const send = useSend()
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    if (event.button < 2) void send('openExternal', { url: href })
  }
  return (
    <a className={styles.link} href={href} title={href} draggable={false} onClick={open} onAuxClick={open}>
      {text}
    </a>
  )
}
