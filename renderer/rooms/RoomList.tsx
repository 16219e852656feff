import { ChevronDown, Compass, Plus, SlidersVertical, Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { offers, type RoomKind, type ServerId } from '../../shared/contract/model.ts'
import { useServerEntries } from '../servers/use-server-entries.tsx'
import { isOnline } from '../servers/trouble.ts'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { ListItem } from '../ui/layout/ListItem.tsx'
import { Menu } from '../ui/overlays/Menu.tsx'
import { SideList, SideSection } from '../ui/layout/SideList.tsx'
import { serverOf } from '../store/model.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import { roomsOf } from '../store/view.ts'
import { namesakeHints } from './namesakes.ts'
import { RoomItem } from './RoomItem.tsx'
import styles from './RoomList.module.css'

/** The rooms of one server, below the box if the server is the person's own. */
export const RoomList = ({ serverId }: { serverId: ServerId | null }) => {
  const { t } = useTranslation(['rooms', 'host'])
  const { store } = useMessenger()
  const rooms = useStore(state => state.rooms)
  const server = useStore(state => serverOf(state, serverId))
  const onHostPage = useStore(state => state.view.name === 'host')
  const noneCurrent = useStore(state => state.view.name !== 'host' && state.view.name !== 'room')
  const { show, openDialog } = store.getState()
  const hasBox = server?.own ?? onHostPage
  const list = roomsOf(rooms, serverId)
  const hints = namesakeHints(list)
  const items = (kinds: readonly RoomKind[]) =>
    list
      .filter(({ kind }) => kinds.includes(kind))
      .map(room => (
        <RoomItem
          key={room.key}
          room={room}
          hint={hints.get(room.key)}
          stop={noneCurrent && !hasBox && room === list[0]}
        />
      ))
  const people = items(['direct'])
  return (
    <SideList
      label={server?.name ?? t('host:title')}
      head={server && <ServerName serverId={server.id} name={server.name} />}
    >
      {hasBox && (
        <ListItem
          icon={<SlidersVertical />}
          name={t('host:title')}
          current={onHostPage}
          stop={onHostPage || noneCurrent}
          onClick={() => show({ name: 'host' })}
        />
      )}
      {server && (
        <SideSection
          title={t('title')}
          actions={
            <>
              <IconButton
                label={t('browse')}
                size="small"
                onClick={() => openDialog({ name: 'browse-rooms', serverId: server.id })}
              >
                <Compass />
              </IconButton>
              <IconButton
                label={t(offers(server, 'rooms') === false ? 'open' : 'create')}
                keys={['mod', 'N']}
                size="small"
                onClick={() => openDialog({ name: 'create-room', serverId: server.id })}
              >
                <Plus />
              </IconButton>
            </>
          }
        >
          {items(['public', 'private'])}
        </SideSection>
      )}
      {people.length > 0 && <SideSection title={t('people')}>{people}</SideSection>}
    </SideList>
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
        <span dir="auto">{name}</span>
        <ChevronDown />
      </button>
    </Menu>
  )
}
