import { Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ServerId, ServerProfile } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Banner } from '../ui/layout/Banner.tsx'
import { Button } from '../ui/forms/Button.tsx'
import { useNow } from '../store/use-now.ts'
import { serverOf } from '../store/model.ts'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'
import { canBeChecked, troubleOf, type Remedy, type Trouble } from './trouble.ts'

/** Says what is wrong with the connection to a server and what happens next, and offers one remedy. Renders nothing otherwise. */
export const ConnectionBanner = ({ serverId }: { serverId: ServerId }) => {
  const server = useStore(state => serverOf(state, serverId))
  const connection = useStore(state => state.connections[serverId])
  const host = useStore(state => state.desktop?.host ?? null)
  const trouble = server && troubleOf(server, connection, host)
  return trouble && <TroubleBanner server={server} trouble={trouble} />
}

const TroubleBanner = ({ server, trouble }: { server: ServerProfile; trouble: Trouble }) => {
  const { t } = useTranslation(['servers', 'doctor'])
  const { openDialog } = useMessenger().store.getState()
  const errorText = useErrorText()
  const remedy = useRemedy(server)
  const { title, error, next } = trouble
  return (
    <Banner
      icon={<Unplug />}
      actions={
        <>
          {canBeChecked(trouble) && (
            <Button
              variant="quiet"
              size="small"
              onClick={() => openDialog({ name: 'doctor', serverId: server.id })}
            >
              {t('doctor:why')}
            </Button>
          )}
          {trouble.remedy && (
            <Button size="small" onClick={() => remedy(trouble.remedy)}>
              {t(`banner.${trouble.remedy}`)}
            </Button>
          )}
        </>
      }
    >
      <b>{t(`banner.${title}`, { name: server.name })}</b> {error && errorText(error)}{' '}
      {next !== null && (typeof next === 'string' ? t(`banner.${next}`) : <Countdown to={next.retryAt} />)}
    </Banner>
  )
}

/** Counts down the seconds; screen readers do not announce each one. */
const Countdown = ({ to }: { to: number }) => {
  const { t } = useTranslation('servers')
  const seconds = Math.ceil((to - useNow(1000)) / 1000)
  return (
    <>
      <span aria-live="off">
        {seconds > 0 ? t('banner.retry', { count: seconds }) : t('banner.retryNow')}
      </span>{' '}
      {t('banner.outbox')}
    </>
  )
}

/** @returns a function that applies a remedy. */
const useRemedy = (server: ServerProfile): ((remedy: Remedy | null) => void) => {
  const { store } = useMessenger()
  const send = useSend()
  const { show, openDialog } = store.getState()
  const edit = { name: 'edit-server', serverId: server.id } as const
  return remedy => {
    if (remedy === 'boxOn') void send('startHost', {})
    if (remedy === 'connect' || remedy === 'tryNow') void send('connectServer', { id: server.id })
    if (remedy === 'changeName') show({ name: 'settings', section: 'profile' })
    if (remedy === 'renewKey') openDialog({ name: 'renew-key', serverId: server.id })
    if (remedy === 'edit') openDialog({ ...edit, field: 'url' })
    if (remedy === 'changePasscode') openDialog({ ...edit, field: 'passcode' })
    if (remedy === 'changeToken') openDialog({ ...edit, field: 'token' })
    if (remedy === 'changeVirtualHost') openDialog({ ...edit, field: 'virtualHost' })
  }
}
