import { useTranslation } from 'react-i18next'
import { unreadForPerson, type Room } from '../../shared/contract/model.ts'
import { Badge } from '../ui/marks/Badge.tsx'

/** How much is unread in a room: in orange what is for the person alone. */
export const RoomBadge = ({ room }: { room: Room }) => {
  const { t } = useTranslation('rooms')
  const forPerson = unreadForPerson(room)
  const count = forPerson || room.unread
  const label = t(forPerson > 0 && room.kind !== 'direct' ? 'mentions' : 'unread', { count })
  return <Badge count={count} mention={forPerson > 0} label={label} />
}
