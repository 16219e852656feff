import { Radio } from 'lucide-react'
import { useEffect, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { NearbyServer } from '../../shared/contract/model.ts'
import { useMessenger, useStore } from '../use-store.ts'
import { nameOfAddress } from './address.ts'
import styles from './NearbyServers.module.css'

/** The hosts that advertise themselves in the network. It looks for them as long as it is there. */
export const NearbyServers = ({ onChoose }: { onChoose: (server: NearbyServer) => void }) => {
  const { t } = useTranslation('servers')
  const title = useId()
  const { api, store } = useMessenger()
  const nearby = useStore(state => state.nearby)
  useEffect(() => {
    const look = (on: boolean): void =>
      void api.call('browseNearby', { on }).catch((thrown: unknown) => store.getState().report(thrown))
    look(true)
    return () => look(false)
  }, [api, store])
  return (
    <section className={styles.nearby} aria-labelledby={title}>
      <h3 id={title}>{t('nearby')}</h3>
      {nearby.length === 0 && <p>{t('nearbyNone')}</p>}
      <ul>
        {nearby.map(server => (
          <li key={server.name}>
            <button type="button" className={styles.server} onClick={() => onChoose(server)}>
              <Radio />
              <b>{nameOfAddress(server.url)}</b>
              <span>{server.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
