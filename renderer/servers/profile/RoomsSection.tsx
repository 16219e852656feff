import { useTranslation } from 'react-i18next'
import { sharedQueues } from '../../../shared/contract/queues.ts'
import { ChoiceField, TemplateField, TextField } from './fields.tsx'
import { RoomSourceFields } from './RoomSourceFields.tsx'
import { Rows } from './Rows.tsx'
import { SourceFields } from './SourceFields.tsx'
import { Group, Section } from './Section.tsx'
import { useProfile } from './use-profile-form.ts'
import styles from './profile.module.css'

/** Where a room is subscribed and sent to, how it is joined and left, where the rooms come from, and destinations beside them. */
export const RoomsSection = () => {
  const { t } = useTranslation('profile')
  return (
    <Section title={t('rooms.title')}>
      <SourceFields />
      <Rows
        at="rooms.subscribe"
        title={t('rooms.subscribe')}
        hint={t('rooms.subscribeHint')}
        add={t('rooms.subscribeAdd')}
        least={1}
      >
        {row => (
          <TemplateField
            at={`rooms.subscribe.${row}`}
            kind="room"
            label={t('rooms.subscribeRow', { number: row + 1 })}
            hideLabel
            hint={row === 0 ? '' : null}
          />
        )}
      </Rows>
      <SharedQueues />
      <TemplateField at="rooms.send" kind="room" label={t('rooms.send')} />
      {(['join', 'leave'] as const).map(when => (
        <Group key={when} title={t(`rooms.${when}`)} hint={t(`rooms.${when}Hint`)}>
          <TemplateField at={`rooms.${when}.destination`} kind="room" label={t('destination')} />
          <TemplateField at={`rooms.${when}.body`} kind="room" area label={t('bodyText')} />
        </Group>
      ))}
      <RoomSourceFields />
      <OwnDestinations />
    </Section>
  )
}

/** Warns of a queue for everybody: each of its messages reaches only one person. It stays, because only what is there is read out when it changes. */
const SharedQueues = () => {
  const { t } = useTranslation('profile')
  const { subscribe } = useProfile().draft.rooms
  return (
    <p className={styles.warning} role="status">
      {sharedQueues(subscribe.map(template => template.trim())).length > 0 && t('rooms.sharedQueue')}
    </p>
  )
}

/** Destinations beside the rooms, such as `/user/queue/messages`. */
const OwnDestinations = () => {
  const { t } = useTranslation('profile')
  const kinds = (['room', 'notices'] as const).map(value => ({ value, label: t(`own.${value}`) }))
  return (
    <Rows at="own" title={t('own.title')} hint={t('own.hint')} add={t('own.add')}>
      {row => (
        <>
          <TemplateField at={`own.${row}.destination`} kind="person" label={t('destination')} hint={null} />
          <TextField at={`own.${row}.name`} label={t('own.name')} />
          <ChoiceField at={`own.${row}.as`} label={t('own.as')} options={kinds} />
          <TemplateField at={`own.${row}.send`} kind="person" label={t('own.send')} hint={null} />
        </>
      )}
    </Rows>
  )
}
