import { useTranslation } from 'react-i18next'
import { hostNamesSchema, mostPerAddress as most } from '../../shared/contract/desktop-commands.ts'
import type { HostReach } from '../../shared/contract/model.ts'
import { Card } from '../ui/layout/Card.tsx'
import { SavedField } from '../ui/forms/SavedField.tsx'
import { Segments } from '../ui/marks/Segments.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { Switch } from '../ui/forms/Switch.tsx'
import { useDesktop, useSend, useStore } from '../store/use-store.ts'
import { portOf } from './port.ts'
import { useChangeHost } from './use-change-host.ts'
import styles from './HostSettingsCard.module.css'

/** @returns the names in a comma-separated text; null if one is invalid. */
const namesOf = (typed: string): string[] | null => {
  const names = hostNamesSchema.safeParse(typed.split(/[\s,]+/).filter(Boolean))
  return names.success ? names.data : null
}

/** @returns the number of connections per address; null for invalid input. */
const countOf = (typed: string): number | null => {
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : 0
  return count >= 1 && count <= most ? count : null
}

/** Settings: who can reach the box, its name and its port. Changes apply at once. */
export const HostSettingsCard = () => {
  const { t } = useTranslation('host')
  const send = useSend()
  const change = useChangeHost()
  const { name, port, reach, advertise, names, perAddress } = useDesktop(desktop => desktop.settings.host)
  /** Cancelling a change resets the fields. */
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
        {reach === 'lan' && (
          <>
            <SavedField
              label={t('names')}
              hint={t('namesHint')}
              kept={names.join(', ')}
              check={typed => (namesOf(typed) ? null : t('namesInvalid'))}
              onSave={typed => change({ names: namesOf(typed) ?? names })}
            />
            <SavedField
              label={t('perAddress')}
              hint={t('perAddressHint')}
              kept={String(perAddress)}
              inputMode="numeric"
              check={typed => (countOf(typed) === null ? t('perAddressInvalid', { most }) : null)}
              onSave={typed => change({ perAddress: countOf(typed) ?? perAddress })}
            />
          </>
        )}
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
