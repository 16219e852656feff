import { clsx } from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostState } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Lamp } from '../ui/marks/Lamp.tsx'
import { Notice } from '../ui/layout/Notice.tsx'
import { useNow } from '../store/use-now.ts'
import { useDesktop, useSend } from '../store/use-store.ts'
import { PasscodeDialog } from './PasscodeDialog.tsx'
import { StopHostDialog } from './StopHostDialog.tsx'
import { WayIn } from './WayIn.tsx'
import { uptimeOf } from './uptime.ts'
import styles from './Box.module.css'

/** The pedal: lamp, footswitch, and the invitation for others. */
export const Box = () => {
  const { t } = useTranslation('host')
  const errorText = useErrorText()
  const send = useSend()
  const host = useDesktop(desktop => desktop.host)
  const [asking, setAsking] = useState(false)
  /** Replaces a passcode that can't be read any more. */
  const [choosing, setChoosing] = useState(false)
  const on = host.phase === 'on'
  const guests = on ? host.people.length : 0

  const press = () => {
    if (!on) void send('startHost', {})
    else if (guests > 1) setAsking(true)
    else void send('stopHost', {})
  }
  const hint = on ? t('onHint', { count: guests }) : t('offHint')
  return (
    <section className={styles.box}>
      <div className={clsx(styles.face, on && styles.open)}>
        <p className={styles.state} role="status">
          <Lamp lit={on} />
          <b>{t(host.phase)}</b>
          {on && <Uptime since={host.since} />}
        </p>
        <button
          type="button"
          className={styles.footswitch}
          role="switch"
          aria-checked={on}
          aria-label={t('switch')}
          disabled={host.phase === 'starting'}
          onClick={press}
        >
          <i />
        </button>
        {host.phase === 'failed' ? (
          <>
            <Notice>{errorText(host.error)}</Notice>
            {host.error.code === 'port-in-use' && (
              <Button className={styles.remedy} onClick={() => void send('updateHost', { port: 0 })}>
                {t('usePort')}
              </Button>
            )}
            {host.error.code === 'secrets-locked' && (
              <Button className={styles.remedy} onClick={() => setChoosing(true)}>
                {t('passcodeTitle')}
              </Button>
            )}
          </>
        ) : (
          <p className={styles.hint}>{hint}</p>
        )}
      </div>
      {on && <WayIn host={host} />}
      {choosing && <PasscodeDialog onClose={() => setChoosing(false)} />}
      {asking && <StopHostDialog connections={guests} onClose={() => setAsking(false)} />}
    </section>
  )
}

const Uptime = ({ since }: { since: Extract<HostState, { phase: 'on' }>['since'] }) => {
  const { t } = useTranslation('host')
  const parts = uptimeOf(useNow(1000) - since)
  return <span className={styles.uptime}>{parts.map(({ unit, count }) => t(unit, { count })).join(' ')}</span>
}
