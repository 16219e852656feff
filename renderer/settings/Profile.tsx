import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { SavedField } from '../ui/forms/SavedField.tsx'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'
import styles from './Profile.module.css'

/** The person's name, and their avatar. */
export const Profile = () => {
  const { t } = useTranslation('settings')
  const { store } = useMessenger()
  const send = useSend()
  const kept = useStore(state => state.person?.name ?? '')
  const [typed, setTyped] = useState(kept)
  const save = async (name: string): Promise<void> => {
    if ((await send('setPerson', { name })) !== undefined) store.getState().notify(t('nameSaved'))
  }
  return (
    <div className={styles.profile}>
      <Avatar name={typed} size="me" />
      <SavedField
        label={t('name')}
        hint={t('nameHint')}
        kept={kept}
        maxLength={64}
        onInput={event => setTyped(event.currentTarget.value)}
        check={name => (name === '' ? t('nameMissing') : null)}
        onSave={name => void save(name)}
      />
    </div>
  )
}
