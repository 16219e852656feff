import { LogIn, ShieldBan, UserMinus, UserRoundCog } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { roles, type Member, type Role } from '../../shared/contract/model.ts'
import type { RoomFacts } from '../store/room-facts.ts'
import type { MenuEntry } from '../ui/overlays/Menu.tsx'
import { useSend } from '../store/use-store.ts'
import { mayDecide, mayRemove } from './roles.ts'
import { useWriteEntry } from './use-write-entry.tsx'

const makes = { owner: 'makeOwner', moderator: 'makeModerator', member: 'makeMember' } as const

/** @returns the actions of a person with `role` on a member of the room; the host decides in the end. */
export const useMemberEntries = (room: RoomFacts, member: Member, role: Role): MenuEntry[] => {
  const { t } = useTranslation('people')
  const send = useSend()
  const writeEntry = useWriteEntry()
  const { personId, standing } = member
  const about = { room: room.key, personId }
  const write = writeEntry(room.serverId, personId)
  if (standing === 'banned') {
    const unban: MenuEntry = {
      label: t('unban'),
      icon: <LogIn />,
      select: () => void send('banMember', { ...about, banned: false }),
    }
    return mayDecide(role) ? [write, unban] : [write]
  }
  const appoint = roles
    .filter(next => role === 'owner' && next !== (standing ?? 'member'))
    .map(next => ({
      label: t(makes[next]),
      icon: <UserRoundCog />,
      select: () => void send('setRole', { ...about, role: next }),
    }))
  const dismiss = [
    null,
    {
      label: t('remove'),
      icon: <UserMinus />,
      danger: true,
      select: () => void send('removeMember', about),
    },
    {
      label: t('ban'),
      icon: <ShieldBan />,
      danger: true,
      select: () => void send('banMember', { ...about, banned: true }),
    },
  ]
  return [write, ...appoint, ...(mayRemove(role, member) ? dismiss : [])]
}
