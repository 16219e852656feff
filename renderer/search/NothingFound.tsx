import { SearchX, Search as SearchIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/contract/errors.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/forms/Button.tsx'
import { EmptyState } from '../ui/layout/EmptyState.tsx'
import { useMessenger } from '../store/use-store.ts'

interface Props {
  query: string
  error: AppError | null
  /** Whether one room alone is searched. */
  inRoom: boolean
}

/** Says why there are no results, and what to do next. */
export const NothingFound = ({ query, error, inRoom }: Props) => {
  const { t } = useTranslation('search')
  const { openSearch } = useMessenger().store.getState()
  const errorText = useErrorText()
  if (error) return <EmptyState icon={<SearchX />} title={t('failedTitle')} text={errorText(error)} />
  if (query === '') return <EmptyState icon={<SearchIcon />} title={t('beginTitle')} text={t('beginText')} />
  return (
    <EmptyState icon={<SearchX />} title={t('noneTitle', { query })} text={t('noneText')}>
      {inRoom && (
        <Button variant="primary" onClick={() => openSearch()}>
          {t('searchEverywhere')}
        </Button>
      )}
    </EmptyState>
  )
}
