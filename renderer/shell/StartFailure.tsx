import type { i18n } from 'i18next'
import { CircleAlert } from 'lucide-react'
import type { AppError } from '../../shared/contract/errors.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import styles from './StartFailure.module.css'

interface Props {
  /** There is no store to ask for the language yet. */
  translator: i18n
  error: AppError
}

/** What a window shows that could not learn what it is about. */
export const StartFailure = ({ translator: { t }, error }: Props) => (
  <main className={styles.page}>
    <EmptyState
      icon={<CircleAlert />}
      title={t('common:startFailed')}
      text={t(`errors:${error.code}`, error.params ?? {})}
    >
      <Button variant="primary" onClick={() => location.reload()}>
        {t('common:restart')}
      </Button>
    </EmptyState>
  </main>
)
