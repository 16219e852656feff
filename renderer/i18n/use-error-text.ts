import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/contract/errors.ts'
import { asSentence } from './sentence.ts'

/** @returns a function that turns an error into a sentence: what happened, and what to do next. */
export const useErrorText = (): ((error: AppError) => string) => {
  const { t } = useTranslation('errors')
  return ({ code, params = {} }) => asSentence(t(code, params))
}
