import { useTranslation } from 'react-i18next'
import { Button } from '../ui/forms/Button.tsx'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { useMessenger } from '../store/use-store.ts'
import { JoinForm } from './JoinForm.tsx'
import { useJoin } from './use-add-server.ts'

/** Asks for an invitation, or whether to accept the opened one. */
export const JoinDialog = ({ link }: { link: string }) => {
  const { t } = useTranslation(['servers', 'common'])
  const { store } = useMessenger()
  const join = useJoin()
  const { closeDialog, typedInDialog } = store.getState()
  return (
    <Dialog
      title={t('joinTitle')}
      {...(link !== '' && { description: t('joinText') })}
      onClose={closeDialog}
      unasked={link !== ''}
    >
      <JoinForm key={link} link={link} onTyped={typedInDialog} onJoin={join}>
        <Button onClick={closeDialog}>{t('common:cancel')}</Button>
      </JoinForm>
    </Dialog>
  )
}
