import { useTranslation } from 'react-i18next'
import { useMessenger, useSend } from '../store/use-store.ts'

/** @returns a function that copies a text and shows a toast. */
export const useCopy = (): ((text: string) => Promise<void>) => {
  const { t } = useTranslation()
  const { store } = useMessenger()
  const send = useSend()
  return async text => {
    if ((await send('copyText', { text })) !== undefined) store.getState().notify(t('copied'))
  }
}
