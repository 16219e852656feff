import { useTranslation } from 'react-i18next'
import { offers, type ServerId, type ServerProfile } from '../../shared/contract/model.ts'
import { Button } from '../ui/forms/Button.tsx'
import { EmptyState } from '../ui/layout/EmptyState.tsx'
import { SheetHead } from '../ui/layout/SheetHead.tsx'
import { hasDesktop } from '../store/surface.ts'
import { serverOf } from '../store/model.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { isOnline } from './trouble.ts'

/** The sheet while no room is open, or there is no server. */
export const ServerPage = ({ serverId }: { serverId: ServerId | null }) => {
  const { t } = useTranslation(['servers', 'firstRun'])
  const { store } = useMessenger()
  const server = useStore(state => serverOf(state, serverId))
  const desktop = useStore(hasDesktop)
  const { show, openDialog } = store.getState()
  if (server) {
    return (
      <>
        <SheetHead title={server.name} />
        <ConnectionBanner serverId={server.id} />
        <NoRoom server={server} />
      </>
    )
  }
  return (
    <EmptyState isPage title={t('none')} text={t('noneText')}>
      {desktop && (
        <Button variant="primary" onClick={() => show({ name: 'host' })}>
          {t('firstRun:host')}
        </Button>
      )}
      <Button onClick={() => openDialog({ name: 'add-server' })}>{t('firstRun:connect')}</Button>
    </EmptyState>
  )
}

const NoRoom = ({ server }: { server: ServerProfile }) => {
  const { t } = useTranslation(['rooms', 'servers', 'doctor'])
  const { store } = useMessenger()
  const { openDialog } = store.getState()
  const create = () => openDialog({ name: 'create-room', serverId: server.id })
  // The banner describes the problem; nothing here changes between two attempts.
  const expected = useStore(state => isOnline(state.connections[server.id]))
  if (server.features === null) {
    const { name } = server
    return expected ? (
      <EmptyState title={t('servers:connecting', { name })} text={t('servers:connectingText')} />
    ) : (
      <EmptyState title={t('servers:notConnected', { name })} text={t('servers:notConnectedText')}>
        <Button onClick={() => openDialog({ name: 'doctor', serverId: server.id })}>
          {t('doctor:check')}
        </Button>
        {!server.own && (
          <Button onClick={() => openDialog({ name: 'edit-server', serverId: server.id })}>
            {t('servers:edit')}
          </Button>
        )}
      </EmptyState>
    )
  }
  if (offers(server, 'rooms') === false) {
    return (
      <EmptyState title={t('noneOpenTitle')} text={t('noneOpenText')}>
        <Button variant="primary" onClick={create}>
          {t('open')}
        </Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={t('noneTitle')} text={t('noneText')}>
      <Button variant="primary" onClick={() => openDialog({ name: 'browse-rooms', serverId: server.id })}>
        {t('browse')}
      </Button>
      <Button onClick={create}>{t('create')}</Button>
    </EmptyState>
  )
}
