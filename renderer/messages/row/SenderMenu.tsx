import type { ReactElement } from 'react'
import type { Message } from '../../../shared/contract/model.ts'
import { hasMembers } from '../../people/has-members.ts'
import { PersonMenu } from '../../people/PersonMenu.tsx'
import { useStore } from '../../store/use-store.ts'
import styles from './SenderMenu.module.css'

interface Props {
  message: Message
  /** Their face or name. */
  children: ReactElement
}

/** Opens a menu to write to the sender from their face or name, if possible. By keyboard, the menu of the message offers the same. */
export const SenderMenu = ({ message: { room, own, sender, senderId }, children }: Props) => {
  const serverId = useStore(({ rooms, servers }) => {
    const at = rooms[room]
    return at && hasMembers(at, servers) ? at.serverId : null
  })
  if (own || senderId === null || serverId === null) return children
  return (
    <PersonMenu serverId={serverId} personId={senderId} name={sender}>
      <button type="button" className={styles.sender} tabIndex={-1} aria-label={sender}>
        {children}
      </button>
    </PersonMenu>
  )
}
