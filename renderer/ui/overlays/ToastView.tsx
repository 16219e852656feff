import { X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../i18n/use-error-text.ts'
import type { Toast } from '../../store/model.ts'
import { useMessenger, useStore } from '../../store/use-store.ts'
import styles from './ToastView.module.css'

/** Milliseconds that a toast stays; an error takes longer to read. */
const stay: Record<Toast['kind'], number> = { notice: 5000, error: 10_000 }

/** The window's one toast, at the bottom centre of its container. */
export const ToastView = () => {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const { store } = useMessenger()
  const toast = useStore(state => state.toast)
  const { dismissToast } = store.getState()
  useEffect(() => {
    if (!toast) return undefined
    const timer = setTimeout(dismissToast, stay[toast.kind])
    return () => clearTimeout(timer)
  }, [toast, dismissToast])
  return (
    <div className={styles.place} role={toast?.kind === 'error' ? 'alert' : 'status'}>
      {toast && (
        <div className={styles.toast}>
          <p>{toast.kind === 'error' ? errorText(toast.error) : toast.text}</p>
          <button type="button" className={styles.close} aria-label={t('dismiss')} onClick={dismissToast}>
            <X />
          </button>
        </div>
      )}
    </div>
  )
}
