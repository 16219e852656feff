import { clsx } from 'clsx'
import { Copy, Eye, EyeOff, RefreshCw, Users } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostState } from '../../shared/contract/model.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Fingerprint } from '../ui/marks/Fingerprint.tsx'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { useDesktop } from '../store/use-store.ts'
import { AddressSelect } from './AddressSelect.tsx'
import { InviteCode } from './InviteCode.tsx'
import { PasscodeDialog } from './PasscodeDialog.tsx'
import { useChangeHost } from './use-change-host.ts'
import { useCopy } from './use-copy.ts'
import styles from './WayIn.module.css'

interface Props {
  host: Extract<HostState, { phase: 'on' }>
}

/** What others need to connect: address, passcode, fingerprint, and all of them as an invitation. */
export const WayIn = ({ host }: Props) => {
  const { t } = useTranslation('host')
  const copy = useCopy()
  const [shown, setShown] = useState(false)
  const [setting, setSetting] = useState(false)
  const { passcode, fingerprint, urls } = host
  const url = urls[0] ?? ''
  return (
    <div className={styles.body}>
      <Invitation host={host} />
      <dl className={styles.lines}>
        <Line name={t('address')} value={urls.length > 1 ? <AddressSelect urls={urls} /> : url} title={url}>
          <IconButton label={t('copyAddress')} onClick={() => void copy(url)}>
            <Copy />
          </IconButton>
        </Line>
        <Line
          name={t('passcode')}
          value={passcode === null ? t('noPasscode') : shown ? passcode : '•'.repeat(passcode.length)}
          plain={passcode === null}
        >
          {passcode !== null && (
            <>
              <IconButton label={t(shown ? 'hidePasscode' : 'showPasscode')} onClick={() => setShown(!shown)}>
                {shown ? <EyeOff /> : <Eye />}
              </IconButton>
              <IconButton label={t('newPasscode')} onClick={() => setSetting(true)}>
                <RefreshCw />
              </IconButton>
              <IconButton label={t('copyPasscode')} onClick={() => void copy(passcode)}>
                <Copy />
              </IconButton>
            </>
          )}
        </Line>
        {fingerprint !== null && (
          <Line
            name={t('fingerprint')}
            value={<Fingerprint of={fingerprint} />}
            title={t('fingerprintHint')}
            plain
          >
            <IconButton label={t('copyFingerprint')} onClick={() => void copy(fingerprint)}>
              <Copy />
            </IconButton>
          </Line>
        )}
      </dl>
      {setting && <PasscodeDialog onClose={() => setSetting(false)} />}
    </div>
  )
}

/** The invitation to the box, or why there is none and what to do about it. */
const Invitation = ({ host: { urls, reach, passcode, fingerprint } }: Props) => {
  const { t } = useTranslation('host')
  const change = useChangeHost()
  const name = useDesktop(desktop => desktop.settings.host.name)
  const url = urls[0] ?? ''
  if (reach === 'loopback') {
    return (
      <div className={styles.note}>
        <p>{t('loopbackHint')}</p>
        <Button variant="primary" onClick={() => change({ reach: 'lan' })}>
          <Users />
          {t('openToNetwork')}
        </Button>
      </div>
    )
  }
  // Without a network there is only the loopback address.
  if (new URL(url).hostname === '127.0.0.1') return <p className={styles.note}>{t('noNetwork')}</p>
  return <InviteCode invite={{ url, passcode, fingerprint, name }} />
}

interface LineProps {
  name: string
  value: ReactNode
  title?: string
  /** Not in the monospaced type of values. */
  plain?: boolean
  children: ReactNode
}

const Line = ({ name, value, title, plain = false, children }: LineProps) => (
  <div className={styles.line}>
    <dt>{name}</dt>
    <dd className={clsx(styles.value, plain ? styles.plain : styles.mono)} title={title}>
      {value}
    </dd>
    {children && <dd className={styles.tools}>{children}</dd>}
  </div>
)
