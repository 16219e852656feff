import { Radio } from 'lucide-react'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { NearbyServer } from '../../shared/contract/model.ts'
import { useDesktop, useMessenger } from '../store/use-store.ts'
import { nameOfAddress } from './address.ts'
import styles from './NearbyServers.module.css'

/** The hosts that advertise themselves on the network. Browses while it is mounted. */
export const NearbyServers = ({ onChoose }: { onChoose: (server: NearbyServer) => void }) => {
  const { t } = useTranslation('servers')
  const title = useId()
  const { api, store } = useMessenger()
  const { servers, vpn, search } = useDesktop(desktop => desktop.nearby)
  useEffect(() => {
    const look = (on: boolean): void =>
      void api.call('browseNearby', { on }).catch((thrown: unknown) => store.getState().report(thrown))
    look(true)
    return () => look(false)
  }, [api, store])
  const nothing =
    search === 'failed'
      ? t('nearbyFailed')
      : vpn !== null
        ? t('nearbyVpn', { vpn })
        : t(search === 'no-network' ? 'nearbyNoNetwork' : 'nearbyNone')
  return (
    <section className={styles.nearby} aria-labelledby={title}>
      <h3 id={title}>{t('nearby')}</h3>
      {servers.length === 0 && <p>{nothing}</p>}
      <ul>
        {servers.map(server => (
          <li key={server.name}>
            <button type="button" className={styles.server} onClick={() => onChoose(server)}>
              <Radio />
              <b>{nameOfAddress(server.url)}</b>
              <span dir="auto">{server.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
