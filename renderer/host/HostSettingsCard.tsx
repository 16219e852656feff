import { useTranslation } from 'react-i18next'
import type { HostReach } from '../../shared/contract/model.ts'
import { Card } from '../ui/Card.tsx'
import { SavedField } from '../ui/SavedField.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Setting } from '../ui/Setting.tsx'
import { Switch } from '../ui/Switch.tsx'
import { useSend, useStore } from '../use-store.ts'
import { portOf } from './port.ts'
import { useChangeHost } from './use-change-host.ts'
import styles from './HostSettingsCard.module.css'

/** Who can reach the box, what it is called, and its port. Every change applies at once. */
export const HostSettingsCard = () => {
  const { t } = useTranslation('host')
  const send = useSend()
  const change = useChangeHost()
  const { name, port, reach, advertise } = useStore(state => state.settings.host)
  /** A change that is called off puts the fields back. */
  const asking = useStore(state => state.dialog?.name === 'change-host')
  const reaches: { value: HostReach; label: string }[] = [
    { value: 'loopback', label: t('loopback') },
    { value: 'lan', label: t('lan') },
  ]
  return (
    <Card title={t('settings')}>
      <Setting name={t('reach')} text={t('reachHint')}>
        {ids => (
          <Segments
            labelledBy={ids.name}
            value={reach}
            options={reaches}
            onChange={next => change({ reach: next })}
          />
        )}
      </Setting>
      <div className={styles.fields} key={String(asking)}>
        <SavedField
          label={t('name')}
          kept={name}
          maxLength={64}
          check={typed => (typed === '' ? t('nameMissing') : null)}
          onSave={typed => change({ name: typed })}
        />
        <SavedField
          label={t('port')}
          hint={t('portHint')}
          kept={String(port)}
          inputMode="numeric"
          check={typed => (portOf(typed) === null ? t('portInvalid') : null)}
          onSave={typed => {
            const chosen = portOf(typed)
            if (chosen !== null) change({ port: chosen })
          }}
        />
      </div>
      <Setting name={t('advertise')} text={t('advertiseHint')}>
        {ids => (
          <Switch
            checked={advertise}
            onChange={on => void send('updateHost', { advertise: on })}
            labelledBy={ids.name}
            describedBy={ids.text}
          />
        )}
      </Setting>
    </Card>
  )
}
