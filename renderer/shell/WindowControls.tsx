import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import type { InputOf } from '../../shared/contract/api.ts'
import { useDesktop, useSend } from '../store/use-store.ts'
import styles from './WindowControls.module.css'

/** Minimize, maximize, close: on systems where the app draws the frame. */
export const WindowControls = ({ className }: { className: string | undefined }) => {
  const { t } = useTranslation()
  const send = useSend()
  const maximized = useDesktop(desktop => desktop.window.maximized)
  const control = (action: InputOf<'controlWindow'>['action'], label: string, drawing: string) => (
    <button
      type="button"
      className={clsx(styles.control, action === 'close' && styles.close)}
      aria-label={label}
      onClick={() => void send('controlWindow', { action })}
    >
      <svg viewBox="0 0 10 10" aria-hidden="true">
        <path d={drawing} />
      </svg>
    </button>
  )
  return (
    <div className={clsx(styles.controls, className)}>
      {control('minimize', t('minimize'), 'M0 5.5h10')}
      {maximized
        ? control('toggleMaximize', t('restore'), 'M.5 2.5h7v7h-7zM2.5 2.5v-2h7v7h-2')
        : control('toggleMaximize', t('maximize'), 'M.5.5h9v9h-9z')}
      {control('close', t('close'), 'M0 0l10 10M10 0L0 10')}
    </div>
  )
}
