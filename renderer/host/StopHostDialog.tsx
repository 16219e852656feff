import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { useSend } from '../store/use-store.ts'

interface Props {
  connections: number
  onClose: () => void
}

/** Confirms switching off the box, which disconnects others. */
export const StopHostDialog = ({ connections, onClose }: Props) => {
  const { t } = useTranslation('host')
  const send = useSend()
  return (
    <ConfirmDialog
      title={t('stopTitle')}
      text={t('stopText', { count: connections })}
      keep={t('stopKeep')}
      confirm={t('stopConfirm')}
      onConfirm={() => void send('stopHost', {})}
      onClose={onClose}
    />
  )
}
