import type { i18n } from 'i18next'
import { CircleAlert } from 'lucide-react'
import type { AppError } from '../../shared/contract/errors.ts'
import { Button } from '../ui/forms/Button.tsx'
import { EmptyState } from '../ui/layout/EmptyState.tsx'
import styles from './WindowFailure.module.css'

interface Props {
  /** Passed in, because there may be no store. */
  translator: i18n
  error: AppError
}

/** Shown when the window can't load its state, or rendering fails. */
export const WindowFailure = ({ translator: { t }, error }: Props) => (
  <main className={styles.page}>
    <EmptyState
      isPage
      icon={<CircleAlert />}
      title={t('common:windowFailed')}
      text={t(`errors:${error.code}`, error.params ?? {})}
    >
      <Button variant="primary" onClick={() => location.reload()}>
        {t('common:restart')}
      </Button>
    </EmptyState>
  </main>
)
