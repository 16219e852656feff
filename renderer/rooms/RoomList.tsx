import { ChevronDown, Compass, Plus, SlidersVertical, Unplug } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { useServerEntries } from '../servers/use-server-entries.tsx'
import { isOnline } from '../servers/trouble.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu } from '../ui/Menu.tsx'
import { useArrowKeys } from '../ui/use-arrow-keys.ts'
import { useMessenger, useStore } from '../use-store.ts'
import { roomsOf } from '../view.ts'
import { RoomItem } from './RoomItem.tsx'
import { ListItem } from './ListItem.tsx'
import styles from './RoomList.module.css'

/** The rooms of one server. One tab stop; the arrow keys go through it. */
export const RoomList = ({ serverId }: { serverId: ServerId | null }) => {
  const { t } = useTranslation(['rooms', 'host'])
  const { store } = useMessenger()
  const rooms = useStore(state => state.rooms)
  const server = useStore(state => state.servers.find(candidate => candidate.id === serverId))
  const onHostPage = useStore(state => state.view.name === 'host')
  const body = useRef<HTMLDivElement>(null)
  const onKeyDown = useArrowKeys(body)
  const { show, openDialog } = store.getState()
  return (
    <aside className={styles.list}>
      <header className={styles.head}>
        {server && <ServerName serverId={server.id} name={server.name} />}
      </header>
      <div className={styles.body} ref={body} onKeyDown={onKeyDown}>
        {(server?.own ?? onHostPage) && (
          <section className={styles.section}>
            <ListItem
              icon={<SlidersVertical />}
              name={t('host:title')}
              current={onHostPage}
              onClick={() => show({ name: 'host' })}
            />
          </section>
        )}
        {server && (
          <section className={styles.section} aria-labelledby="rooms-title">
            <header className={styles.title}>
              <h2 id="rooms-title">{t('title')}</h2>
              <IconButton
                label={t('browse')}
                size="small"
                onClick={() => openDialog({ name: 'browse-rooms', serverId: server.id })}
              >
                <Compass />
              </IconButton>
              <IconButton
                label={t(server.kind === 'stomp' ? 'open' : 'create')}
                keys={['mod', 'N']}
                size="small"
                onClick={() => openDialog({ name: 'create-room', serverId: server.id })}
              >
                <Plus />
              </IconButton>
            </header>
            {roomsOf(rooms, serverId).map(room => (
              <RoomItem key={room.key} room={room} />
            ))}
          </section>
        )}
      </div>
    </aside>
  )
}

const ServerName = ({ serverId, name }: { serverId: ServerId; name: string }) => {
  const { t } = useTranslation('servers')
  const entries = useServerEntries(serverId)
  const online = useStore(state => isOnline(state.connections[serverId]))
  return (
    <Menu entries={entries}>
      <button type="button" className={styles.server} title={name}>
        {!online && <Unplug aria-label={t('offline')} />}
        <span>{name}</span>
        <ChevronDown />
      </button>
    </Menu>
  )
}
