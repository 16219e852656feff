import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { useMessenger } from '../use-store.ts'
import { ServerForm } from './ServerForm.tsx'
import { useAddServer } from './use-add-server.ts'

/** Asks for a server, adds it, and opens it. */
export const AddServerDialog = () => {
  const { t } = useTranslation(['servers', 'common'])
  const { store } = useMessenger()
  const addServer = useAddServer()
  const { closeDialog } = store.getState()
  return (
    <Dialog title={t('addTitle')} onClose={closeDialog}>
      <ServerForm
        submitLabel={t('addSubmit')}
        onSubmit={async fields => {
          await addServer(fields)
          closeDialog()
        }}
      >
        <Button onClick={closeDialog}>{t('common:cancel')}</Button>
      </ServerForm>
    </Dialog>
  )
}
