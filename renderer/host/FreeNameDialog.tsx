import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { Button } from '../ui/forms/Button.tsx'
import { ConfirmDialog } from '../ui/overlays/ConfirmDialog.tsx'
import { Dialog, DialogButtons } from '../ui/overlays/Dialog.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { formText } from '../ui/forms/form-text.ts'
import { useMessenger, useSend } from '../store/use-store.ts'
import styles from './PasscodeDialog.module.css'

interface Props {
  /** The id of the box as a server. */
  serverId: ServerId
  onClose: () => void
}

/** Frees a name whose owner has lost their device key: asks for the name, then for a confirmation. */
export const FreeNameDialog = ({ serverId, onClose }: Props) => {
  const { t } = useTranslation(['host', 'common'])
  const { store } = useMessenger()
  const send = useSend()
  const [name, setName] = useState('')
  const free = async () => {
    if ((await send('freeName', { serverId, name })) !== undefined)
      store.getState().notify(t('freeNameDone', { name }))
  }
  const ask = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    setName(formText(new FormData(event.currentTarget), 'name'))
  }
  if (name !== '')
    return (
      <ConfirmDialog
        title={t('freeNameTitle', { name })}
        text={t('freeNameText')}
        keep={t('common:cancel')}
        confirm={t('freeNameConfirm')}
        onConfirm={() => void free()}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={t('freeName')} description={t('freeNameHint')} onClose={onClose}>
      <form className={styles.form} onSubmit={ask}>
        <Field name="name" label={t('freeNameField')} maxLength={64} required autoFocus />
        <DialogButtons>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('freeNameNext')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
