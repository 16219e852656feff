import { useTranslation } from 'react-i18next'
import { ChoiceField, TemplateField, TextField } from './fields.tsx'
import { Rows } from './Rows.tsx'
import { Group } from './Section.tsx'
import { useProfile } from './use-profile-form.ts'

/** Where the rooms come from, and what that needs. */
export const RoomSourceFields = () => {
  const { t } = useTranslation('profile')
  const { from } = useProfile().draft.rooms.source
  const options = (['typed', 'list', 'rest', 'destination'] as const).map(value => ({
    value,
    label: t(`source.from.${value}`),
  }))
  return (
    <Group title={t('source.title')}>
      <ChoiceField at="rooms.source.from" label={t('source.title')} hideLabel options={options} />
      {from === 'list' && <RoomRows />}
      {from === 'rest' && (
        <TextField at="rooms.source.url" label={t('source.url')} hint={t('source.urlHint')} />
      )}
      {from === 'destination' && (
        <>
          <TemplateField at="rooms.source.destination" kind="person" label={t('source.answers')} />
          <TemplateField
            at="rooms.source.request.destination"
            kind="person"
            label={t('source.request')}
            hint={t('source.requestHint')}
          />
          <TemplateField at="rooms.source.request.body" kind="person" area label={t('bodyText')} />
        </>
      )}
      {(from === 'rest' || from === 'destination') && (
        <>
          <TextField at="rooms.source.list" label={t('source.list')} hint={t('source.listHint')} />
          <TextField at="rooms.source.id" label={t('source.id')} />
          <TextField at="rooms.source.name" label={t('source.name')} />
        </>
      )}
    </Group>
  )
}

const RoomRows = () => {
  const { t } = useTranslation('profile')
  return (
    <Rows at="rooms.source.rooms" title={t('source.rooms')} add={t('source.roomAdd')}>
      {row => (
        <>
          <TextField at={`rooms.source.rooms.${row}.id`} label={t('source.roomId')} />
          <TextField at={`rooms.source.rooms.${row}.name`} label={t('source.roomName')} />
        </>
      )}
    </Rows>
  )
}
