import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Banner } from '../ui/layout/Banner.tsx'
import { Button } from '../ui/forms/Button.tsx'
import { useSend, useStore } from '../store/use-store.ts'

/** Says why the server refuses the subscription to a room. Renders nothing while it does not. */
export const RefusalBanner = ({ room }: { room: RoomKey }) => {
  const { t } = useTranslation('rooms')
  const errorText = useErrorText()
  const send = useSend()
  const error = useStore(state => state.refusals[room])
  if (!error) return null
  return (
    <Banner
      icon={<CircleAlert />}
      actions={
        <>
          <Button size="small" onClick={() => void send('retryRoom', { room })}>
            {t('refusedRetry')}
          </Button>
          <Button size="small" variant="quiet" onClick={() => void send('leaveRoom', { room })}>
            {t('leave')}
          </Button>
        </>
      }
    >
      <b>{t('refused')}</b> {errorText(error)}
    </Banner>
  )
}
