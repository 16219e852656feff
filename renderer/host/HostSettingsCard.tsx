import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostReach, HostSettings } from '../../shared/contract/model.ts'
import { Button } from '../ui/Button.tsx'
import { Card } from '../ui/Card.tsx'
import { Field } from '../ui/Field.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Setting } from '../ui/Setting.tsx'
import { Switch } from '../ui/Switch.tsx'
import { formText } from '../ui/form-text.ts'
import { useSend, useStore } from '../use-store.ts'
import { portOf } from './port.ts'
import styles from './HostSettingsCard.module.css'

/** Who can reach the box, what it is called, and its port. */
export const HostSettingsCard = () => {
  const { t } = useTranslation('host')
  const kept = useStore(state => state.settings.host)
  return (
    <Card title={t('settings')}>
      {/* Starts over from what is kept, whenever that has changed. */}
      <HostSettingsForm key={JSON.stringify([kept.name, kept.port, kept.reach])} kept={kept} />
      <Advertise />
    </Card>
  )
}

/** Whether the network is told; takes effect at once. */
const Advertise = () => {
  const { t } = useTranslation('host')
  const send = useSend()
  const advertise = useStore(state => state.settings.host.advertise)
  return (
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
  )
}

const HostSettingsForm = ({ kept }: { kept: HostSettings }) => {
  const { t } = useTranslation('host')
  const send = useSend()
  const on = useStore(state => state.host.phase === 'on')
  const [reach, setReach] = useState(kept.reach)
  const [renamed, setRenamed] = useState(false)
  const [invalid, setInvalid] = useState<'name' | 'port' | null>(null)
  const reaches: { value: HostReach; label: string }[] = [
    { value: 'loopback', label: t('loopback') },
    { value: 'lan', label: t('lan') },
  ]

  const read = (target: HTMLFormElement) => {
    const form = new FormData(target)
    return { name: formText(form, 'name'), port: portOf(formText(form, 'port')) }
  }
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { name, port } = read(event.currentTarget)
    setInvalid(name === '' ? 'name' : port === null ? 'port' : null)
    if (name !== '' && port !== null) void send('startHost', { name, port, reach })
  }
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onInput={event => {
        const { name, port } = read(event.currentTarget)
        setRenamed(name !== kept.name || port !== kept.port)
        setInvalid(null)
      }}
    >
      <div className={styles.wide}>
        <Setting name={t('reach')} text={t('reachHint')}>
          {ids => <Segments labelledBy={ids.name} value={reach} options={reaches} onChange={setReach} />}
        </Setting>
      </div>
      <Field
        name="name"
        label={t('name')}
        error={invalid === 'name' ? t('nameMissing') : null}
        maxLength={64}
        defaultValue={kept.name}
      />
      <Field
        name="port"
        label={t('port')}
        hint={t('portHint')}
        error={invalid === 'port' ? t('portInvalid') : null}
        inputMode="numeric"
        defaultValue={kept.port}
      />
      {(renamed || reach !== kept.reach) && (
        <div className={styles.apply}>
          <p>{t(on ? 'applyRestarts' : 'applyStarts')}</p>
          <Button variant="primary" type="submit">
            {t('apply')}
          </Button>
        </div>
      )}
    </form>
  )
}
