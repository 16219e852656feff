import { Archive, Hash, Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../shared/contract/model.ts'
import { Avatar } from '../ui/marks/Avatar.tsx'

/** The icon before a room's name: a box for an archived room, a lock for a private one, the other person's face for a direct one. */
export const RoomIcon = ({ room }: { room: Pick<Room, 'kind' | 'name' | 'archived'> }) => {
  const { t } = useTranslation('rooms')
  if (room.archived) return <Archive role="img" aria-label={t('archived')} />
  switch (room.kind) {
    case 'direct':
      return <Avatar name={room.name} size="room" />
    case 'private':
      return <Lock role="img" aria-label={t('private')} />
    case 'public':
      return <Hash />
  }
}
