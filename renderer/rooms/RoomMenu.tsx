import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../shared/contract/model.ts'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { Menu } from '../ui/overlays/Menu.tsx'
import { useRoomEntries } from './use-room-entries.tsx'

/** The menu of the open room. */
export const RoomMenu = ({ room }: { room: Room }) => {
  const { t } = useTranslation('rooms')
  return (
    <Menu entries={useRoomEntries(room)} align="end">
      <IconButton label={t('menu')}>
        <Ellipsis />
      </IconButton>
    </Menu>
  )
}
