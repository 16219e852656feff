import { Copy, Eye, EyeOff, RefreshCw } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostState } from '../../shared/contract/model.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useMessenger, useSend } from '../use-store.ts'
import { PasscodeDialog } from './PasscodeDialog.tsx'
import styles from './WayIn.module.css'

/** What others need to come in: the addresses and the passcode. */
export const WayIn = ({ host }: { host: Extract<HostState, { phase: 'on' }> }) => {
  const { t } = useTranslation('host')
  const copy = useCopy()
  const [shown, setShown] = useState(false)
  const [setting, setSetting] = useState(false)
  const { passcode, urls, reach } = host
  return (
    <div className={styles.body}>
      <dl className={styles.lines}>
        {urls.map((url, index) => (
          <Line key={url} name={index === 0 ? t('address') : ''} value={url}>
            <IconButton label={t('copyAddress')} onClick={() => void copy(url)}>
              <Copy />
            </IconButton>
          </Line>
        ))}
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
      </dl>
      <p className={styles.note}>{t(reach === 'lan' ? 'share' : 'loopbackHint')}</p>
      {setting && <PasscodeDialog onClose={() => setSetting(false)} />}
    </div>
  )
}

interface LineProps {
  name: string
  value: string
  /** Words instead of a value. */
  plain?: boolean
  children: ReactNode
}

const Line = ({ name, value, plain = false, children }: LineProps) => (
  <div className={styles.line}>
    <dt>{name}</dt>
    <dd className={plain ? styles.plain : styles.mono} title={plain ? undefined : value}>
      {value}
    </dd>
    {children}
  </div>
)

/** @returns what copies a text and says so. */
const useCopy = (): ((text: string) => Promise<void>) => {
  const { t } = useTranslation()
  const { store } = useMessenger()
  const send = useSend()
  return async text => {
    if ((await send('copyText', { text })) !== undefined) store.getState().notify(t('copied'))
  }
}
