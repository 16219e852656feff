import { useTranslation } from 'react-i18next'
import { unreadForPerson, type Room } from '../../shared/contract/model.ts'
import { Badge } from '../ui/marks/Badge.tsx'

/** The unread count of a room; orange for mentions and direct messages. */
export const RoomBadge = ({ room }: { room: Room }) => {
  const { t } = useTranslation('rooms')
  const forPerson = unreadForPerson(room)
  const count = forPerson || room.unread
  const label = t(forPerson > 0 && room.kind !== 'direct' ? 'mentions' : 'unread', { count })
  return <Badge count={count} mention={forPerson > 0} label={label} />
}
