import { DatabaseZap } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/layout/Banner.tsx'
import { Button } from '../ui/forms/Button.tsx'
import { useSend, useStore } from '../store/use-store.ts'

/** Says once that the cache was damaged and what could be saved. Renders nothing otherwise. */
export const RecoveryBanner = () => {
  const { t } = useTranslation(['keeping', 'common'])
  const send = useSend()
  const recovery = useStore(({ desktop }) => desktop?.recovery ?? null)
  if (!recovery) return null
  const { messages, unsent, drafts } = recovery
  return (
    <Banner
      icon={<DatabaseZap />}
      actions={
        <>
          <Button size="small" onClick={() => void send('showRecovered', {})}>
            {t('showFile')}
          </Button>
          <Button size="small" variant="quiet" onClick={() => void send('dismissRecovery', {})}>
            {t('common:dismiss')}
          </Button>
        </>
      }
    >
      <b>{t('recovered')}</b> {t('recoveredText', { messages, unsent, drafts })}
    </Banner>
  )
}
