import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog, DialogButtons } from '../ui/Dialog.tsx'
import { useSend } from '../use-store.ts'

interface Props {
  connections: number
  onClose: () => void
}

/** Asks before others lose their connection. */
export const StopHostDialog = ({ connections, onClose }: Props) => {
  const { t } = useTranslation('host')
  const send = useSend()
  const stop = () => {
    onClose()
    void send('stopHost', {})
  }
  return (
    <Dialog title={t('stopTitle')} description={t('stopText', { count: connections })} onClose={onClose}>
      <DialogButtons>
        <Button autoFocus onClick={onClose}>
          {t('stopKeep')}
        </Button>
        <Button variant="danger" onClick={stop}>
          {t('stopConfirm')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
