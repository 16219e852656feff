import { useTranslation } from 'react-i18next'
import { mayDecide } from '../../people/roles.ts'
import type { RoomFacts } from '../../store/room-facts.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { EmptyState } from '../../ui/layout/EmptyState.tsx'
import { useStore } from '../../store/use-store.ts'
import styles from './EmptyRoom.module.css'

/** A room without messages. The next step is to invite people, if the person may: into their own box, or into a private room. */
export const EmptyRoom = ({ room }: { room: RoomFacts }) => {
  const { t } = useTranslation(['messages', 'people'])
  const isOwn = useStore(state => state.servers.some(server => server.id === room.serverId && server.own))
  const invites = useStore(({ members }) => members?.room === room.key && mayDecide(members.role))
  const showMembers = useStore(state => state.showMembers)
  const show = useStore(state => state.show)
  if (room.archived || !room.joined) {
    return (
      <div className={styles.empty}>
        <EmptyState title={t(room.archived ? 'emptyArchived' : 'emptyClosed')} />
      </div>
    )
  }
  const next =
    room.kind === 'private' && invites
      ? { text: t('people:emptyText'), label: t('people:emptyInvite'), go: () => showMembers('invite') }
      : room.kind === 'public' && isOwn
        ? { text: t('emptyBoxText'), label: t('invite'), go: () => show({ name: 'host' }) }
        : null
  return (
    <div className={styles.empty}>
      <EmptyState title={t('emptyTitle')} text={next?.text ?? t('emptyText')}>
        {next && (
          <Button variant="primary" onClick={next.go}>
            {next.label}
          </Button>
        )}
      </EmptyState>
    </div>
  )
}
