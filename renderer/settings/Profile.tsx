import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { formText } from '../ui/form-text.ts'
import { useMessenger, useSend, useStore } from '../use-store.ts'
import styles from './Profile.module.css'

/** The name that others see. */
export const Profile = () => {
  const name = useStore(state => state.person?.name ?? '')
  return <NameForm key={name} kept={name} />
}

const NameForm = ({ kept }: { kept: string }) => {
  const { t } = useTranslation(['settings', 'common'])
  const { store } = useMessenger()
  const send = useSend()
  const [name, setName] = useState(kept)
  const [missing, setMissing] = useState(false)
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    setMissing(name === '')
    if (name === '') return
    if ((await send('setPerson', { name })) !== undefined) store.getState().notify(t('nameSaved'))
  }
  return (
    <form
      className={styles.profile}
      onSubmit={event => void submit(event)}
      onInput={event => {
        setName(formText(new FormData(event.currentTarget), 'name'))
        setMissing(false)
      }}
    >
      <Avatar name={name} size="me" />
      <Field
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        error={missing ? t('nameMissing') : null}
        defaultValue={kept}
        maxLength={64}
      />
      <Button variant="primary" size="large" type="submit" disabled={name === kept}>
        {t('common:save')}
      </Button>
    </form>
  )
}
