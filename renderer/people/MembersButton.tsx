import { Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Member } from '../../shared/contract/model.ts'
import type { RoomFacts } from '../store/room-facts.ts'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { useStore } from '../store/use-store.ts'
import styles from './MembersButton.module.css'

/** Opens and closes the list of people, and shows the number of members of a private room. */
export const MembersButton = ({ room }: { room: RoomFacts }) => {
  const { t } = useTranslation('people')
  const shown = useStore(state => state.membersShown)
  const toggle = useStore(state => (state.membersShown ? state.hideMembers : state.showMembers))
  const members = useStore(state => (state.members?.room === room.key ? state.members.members : null))
  const count = room.kind === 'private' && members ? members.filter(isMember).length : null
  return (
    <IconButton
      className={styles.members}
      label={count === null ? t('title') : t('count', { count })}
      aria-pressed={shown}
      onClick={() => toggle()}
    >
      <Users />
      {count !== null && <span>{count}</span>}
    </IconButton>
  )
}

const isMember = ({ standing }: Member): boolean => standing !== 'banned'
