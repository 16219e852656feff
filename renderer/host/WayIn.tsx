import { clsx } from 'clsx'
import { Copy, Eye, EyeOff, RefreshCw } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostState } from '../../shared/contract/model.ts'
import { Fingerprint } from '../ui/Fingerprint.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { useStore } from '../use-store.ts'
import { AddressSelect } from './AddressSelect.tsx'
import { InviteCode } from './InviteCode.tsx'
import { PasscodeDialog } from './PasscodeDialog.tsx'
import { useCopy } from './use-copy.ts'
import styles from './WayIn.module.css'

/** What others need to come in: the address, the passcode, what they can know the box by, and all of it as an invitation. */
export const WayIn = ({ host }: { host: Extract<HostState, { phase: 'on' }> }) => {
  const { t } = useTranslation('host')
  const copy = useCopy()
  const [shown, setShown] = useState(false)
  const [setting, setSetting] = useState(false)
  const name = useStore(state => state.settings.host.name)
  const { passcode, fingerprint, urls, reach } = host
  const url = urls[0] ?? ''
  return (
    <div className={styles.body}>
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
      {reach === 'lan' ? (
        <InviteCode invite={{ url, passcode, fingerprint, name }} />
      ) : (
        <p className={styles.note}>{t('loopbackHint')}</p>
      )}
      {setting && <PasscodeDialog onClose={() => setSetting(false)} />}
    </div>
  )
}

interface LineProps {
  name: string
  value: ReactNode
  title?: string
  /** Not in the type of a value. */
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
