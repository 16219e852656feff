import { X } from 'lucide-react'
import { useEffect, useId, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomFacts } from '../store/room-facts.ts'
import { isComposing } from '../ui/forms/input-method.ts'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { useArrowKeys } from '../ui/layout/use-arrow-keys.ts'
import { useStore } from '../store/use-store.ts'
import { InviteForm } from './InviteForm.tsx'
import { MemberRow } from './MemberRow.tsx'
import styles from './MembersPanel.module.css'
import { groupsOf, mayDecide } from './roles.ts'

/** The people of a room, beside it: present members, other members, banned people. */
export const MembersPanel = ({ room }: { room: RoomFacts }) => {
  const { t } = useTranslation('people')
  const panel = useRef<HTMLElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = useArrowKeys(list)
  const close = useStore(state => state.hideMembers)
  const asked = useStore(state => state.membersFocus)
  const focused = useStore(state => state.membersFocused)
  const members = useStore(state => (state.members?.room === room.key ? state.members : null))
  const isOnline = useStore(state => state.connections[room.serverId]?.phase === 'online')

  useLayoutEffect(() => {
    const before = document.activeElement
    const { current } = panel
    return () => {
      if (current?.contains(document.activeElement) && before instanceof HTMLElement) before.focus()
    }
  }, [])

  // Only the person's own action moves the focus here; the panel also appears by itself, when its server connects.
  useEffect(() => {
    if (!asked) return
    const { current } = panel
    const field = asked === 'invite' ? current?.querySelector('input') : null
    ;(field ?? current)?.focus()
    focused()
  }, [asked, focused])

  const press = (event: KeyboardEvent): void => {
    // The key may have closed a menu; during a composition it only ends the composition.
    if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event.nativeEvent)) return
    event.preventDefault()
    close()
  }
  // Before presence is known, everybody would appear absent.
  const groups = members?.presence ? groupsOf(members.members) : []
  const first = groups.flatMap(group => group.members).find(member => !member.own)
  return (
    <aside ref={panel} className={styles.panel} aria-label={t('title')} tabIndex={-1} onKeyDown={press}>
      <header className={styles.head}>
        <h2>{t('title')}</h2>
        <IconButton label={t('close')} keys={['esc']} onClick={close}>
          <X />
        </IconButton>
      </header>
      {members && room.kind === 'private' && mayDecide(members.role) && <InviteForm room={room.key} />}
      {!members && !isOnline && <p className={styles.unknown}>{t('unknown')}</p>}
      {members && (
        <div ref={list} className={styles.list} onKeyDown={onKeyDown}>
          {groups.map(group => (
            <Group key={group.name} title={t(group.name, { count: group.members.length })}>
              {group.members.map(member => (
                <MemberRow
                  key={member.personId}
                  room={room}
                  member={member}
                  role={members.role}
                  stop={member === first}
                />
              ))}
            </Group>
          ))}
        </div>
      )}
    </aside>
  )
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => {
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        {title}
      </h3>
      <ul>{children}</ul>
    </section>
  )
}
