import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { leastPasscodeLength } from '../../shared/contract/desktop-commands.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Dialog, DialogButtons } from '../ui/overlays/Dialog.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { formText } from '../ui/forms/form-text.ts'
import { useMessenger, useSend } from '../store/use-store.ts'
import styles from './PasscodeDialog.module.css'

/** Sets a chosen or a random passcode. */
export const PasscodeDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation(['host', 'common'])
  const { store } = useMessenger()
  const send = useSend()
  const [tooShort, setTooShort] = useState(false)
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const passcode = formText(new FormData(event.currentTarget), 'passcode') || null
    if (passcode !== null && passcode.length < leastPasscodeLength) {
      setTooShort(true)
      return
    }
    onClose()
    if ((await send('setHostPasscode', { passcode })) !== undefined) store.getState().notify(t('passcodeSet'))
  }
  return (
    <Dialog title={t('passcodeTitle')} description={t('passcodeText')} onClose={onClose}>
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <Field
          name="passcode"
          label={t('passcodeOwn')}
          hint={t('passcodeOwnHint')}
          error={tooShort ? t('passcodeTooShort') : null}
          maxLength={128}
          autoFocus
        />
        <DialogButtons>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('passcodeSubmit')}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}
