import { clsx } from 'clsx'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member, Role } from '../../shared/contract/model.ts'
import type { RoomFacts } from '../store/room-facts.ts'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { Menu } from '../ui/overlays/Menu.tsx'
import { arrowStop } from '../ui/layout/use-arrow-keys.ts'
import styles from './MemberRow.module.css'
import { useMemberEntries } from './use-member-entries.tsx'

interface Props {
  room: RoomFacts
  member: Member
  /** The person's own role in the room. */
  role: Role
  /** Whether the tab key reaches it. */
  stop: boolean
}

/** Arrow keys move to the next row; on a menu button they would open the menu. */
const leaveArrow = (event: KeyboardEvent): void => {
  if (event.key === 'ArrowDown') event.preventDefault()
}

/** A row of the list of people: avatar, name, role, and a menu except on the person's own. */
export const MemberRow = ({ room, member, role, stop }: Props) => {
  const { t } = useTranslation('people')
  const entries = useMemberEntries(room, member, role)
  const name = member.name || t('nameless')
  const words = (
    <>
      <span className={clsx(styles.face, member.here && styles.here)}>
        <Avatar name={name} size="small" />
      </span>
      <span className={styles.name} title={name} dir="auto">
        {name}
      </span>
      {member.own && <span className={styles.note}>{t('you')}</span>}
      {(member.standing === 'owner' || member.standing === 'moderator') && (
        <span className={styles.note}>{t(member.standing)}</span>
      )}
    </>
  )
  return (
    <li>
      {member.own ? (
        <div className={styles.row}>{words}</div>
      ) : (
        <Menu title={name} entries={entries} align="end">
          <button type="button" className={styles.row} onKeyDown={leaveArrow} {...arrowStop(stop)}>
            {words}
          </button>
        </Menu>
      )}
    </li>
  )
}
