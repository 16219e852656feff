import { Plus, Settings2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { currentServerId } from '../store/model.ts'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { Mark } from '../ui/marks/Mark.tsx'
import { tileText } from '../ui/marks/avatar-text.ts'
import { hasDesktop } from '../store/surface.ts'
import { useDesktop, useMessenger, useStore } from '../store/use-store.ts'
import { ServerTile, Tile } from './Tile.tsx'
import styles from './Rail.module.css'

/** The rail at the window's left edge: servers, and below them the box, the settings and the person. */
export const Rail = () => {
  const { t } = useTranslation(['servers', 'settings'])
  const { store } = useMessenger()
  const servers = useStore(state => state.servers)
  const current = useStore(currentServerId)
  const desktop = useStore(hasDesktop)
  const inSettings = useStore(state => state.view.name === 'settings')
  const person = useStore(state => state.person?.name ?? '')
  const { openServer, openDialog, show, perform } = store.getState()
  return (
    <nav className={styles.rail} aria-label={t('title')}>
      <div className={styles.servers}>
        {servers
          .filter(server => !server.own)
          .map(server => (
            <ServerTile
              key={server.id}
              serverId={server.id}
              label={server.name}
              current={server.id === current}
              onClick={() => openServer(server.id)}
            >
              <span data-letters={tileText(server.name)} />
            </ServerTile>
          ))}
        <Tile label={t('add')} plain onClick={() => openDialog({ name: 'add-server' })}>
          <Plus />
        </Tile>
      </div>
      {desktop && <BoxTile current={current} />}
      <Tile label={t('settings:title')} plain pressed={inSettings} onClick={() => perform('openSettings')}>
        <Settings2 />
      </Tile>
      <button
        type="button"
        className={styles.me}
        aria-label={person}
        onClick={() => show({ name: 'settings', section: 'profile' })}
      >
        <Avatar name={person} size="me" />
      </button>
    </nav>
  )
}

/** The box: this computer as a server. The lamp is lit while it is on. */
const BoxTile = ({ current }: { current: string | null }) => {
  const { t } = useTranslation('host')
  const { store } = useMessenger()
  const own = useStore(state => state.servers.find(server => server.own)?.id ?? null)
  const on = useDesktop(({ host }) => host.phase === 'on')
  const onView = useStore(state => state.view.name === 'host')
  return (
    <ServerTile
      serverId={own}
      label={t(on ? 'tileOn' : 'tileOff')}
      current={onView || (own !== null && own === current)}
      lamp={on}
      onClick={() => store.getState().show({ name: 'host' })}
    >
      <Mark />
    </ServerTile>
  )
}
