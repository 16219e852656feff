import { Link } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/forms/Button.tsx'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { useMessenger } from '../store/use-store.ts'
import { NewServerForm } from './NewServerForm.tsx'
import { useAddServer } from './use-add-server.ts'

/** Adds a server and opens it. */
export const AddServerDialog = () => {
  const { t } = useTranslation(['servers', 'common'])
  const { store } = useMessenger()
  const addServer = useAddServer()
  const { closeDialog, openDialog } = store.getState()
  return (
    <Dialog title={t('addTitle')} onClose={closeDialog}>
      <NewServerForm onSubmit={(fields, accepts) => addServer({ ...fields, accepts })}>
        <Button variant="quiet" onClick={() => openDialog({ name: 'join', link: '' })}>
          <Link />
          {t('joinTitle')}
        </Button>
        <Button onClick={closeDialog}>{t('common:cancel')}</Button>
      </NewServerForm>
    </Dialog>
  )
}
