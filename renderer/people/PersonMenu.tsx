import type { ReactElement } from 'react'
import type { ServerId } from '../../shared/contract/model.ts'
import { Menu } from '../ui/overlays/Menu.tsx'
import { useWriteEntry } from './use-write-entry.tsx'

interface Props {
  /** A Stompbox host. */
  serverId: ServerId
  personId: string
  name: string
  /** Opens the menu. */
  children: ReactElement
}

/** The menu of a person wherever they appear: send them a message. */
export const PersonMenu = ({ serverId, personId, name, children }: Props) => {
  const writeEntry = useWriteEntry()
  return (
    <Menu title={name} entries={[writeEntry(serverId, personId)]}>
      {children}
    </Menu>
  )
}
