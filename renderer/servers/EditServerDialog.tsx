import { useTranslation } from 'react-i18next'
import type { ServerField } from '../../shared/contract/doctor.ts'
import type { ServerId } from '../../shared/contract/model.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { useMessenger, useStore } from '../store/use-store.ts'
import { serverOf } from '../store/model.ts'
import { ServerForm } from './ServerForm.tsx'

interface Props {
  serverId: ServerId
  /** The field to focus. */
  focus: ServerField
}

/** Edits a server. The messenger reconnects where the change requires it. */
export const EditServerDialog = ({ serverId, focus }: Props) => {
  const { t } = useTranslation(['servers', 'common'])
  const { api, store } = useMessenger()
  const server = useStore(state => serverOf(state, serverId))
  const { closeDialog, setOut } = store.getState()
  return (
    server && (
      <Dialog title={t('editTitle')} onClose={closeDialog}>
        <ServerForm
          server={server}
          focus={focus}
          submitLabel={t('common:save')}
          onSubmit={async ({ passcode, ...fields }, accepts) => {
            const arrive = setOut()
            await api.call('updateServer', {
              id: serverId,
              change: { ...fields, ...(passcode !== undefined && { passcode }) },
              ...(accepts !== undefined && { accepts }),
            })
            arrive(closeDialog)
          }}
        >
          <Button onClick={closeDialog}>{t('common:cancel')}</Button>
        </ServerForm>
      </Dialog>
    )
  )
}
