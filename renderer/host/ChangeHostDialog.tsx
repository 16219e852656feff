import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { useDesktop, useMessenger } from '../store/use-store.ts'
import { connectionsLost, type HostChange } from '../store/host-change.ts'
import { useApplyHostChange } from './use-change-host.ts'

/** Confirms a change of the box's settings that would disconnect others. */
export const ChangeHostDialog = ({ change }: { change: HostChange }) => {
  const { t } = useTranslation(['host', 'common'])
  const { store } = useMessenger()
  const apply = useApplyHostChange()
  const count = useDesktop(({ host }) => connectionsLost(host, change))
  const kind = change.port === undefined ? 'close' : 'port'
  return (
    <ConfirmDialog
      title={t(`${kind}Title`)}
      text={t(`${kind}Text`, { count })}
      keep={t('common:cancel')}
      confirm={t(`${kind}Confirm`)}
      onConfirm={() => void apply(change)}
      onClose={store.getState().closeDialog}
    />
  )
}
