import { useTranslation } from 'react-i18next'
import { maxTopicLength } from '../../shared/contract/messenger-commands.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import { Dialog } from '../ui/overlays/Dialog.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { formText } from '../ui/forms/form-text.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import { RoomForm } from './RoomForm.tsx'

/** Changes the name and topic of a room on a Stompbox host. */
export const RenameRoomDialog = ({ room: key }: { room: RoomKey }) => {
  const { t } = useTranslation(['rooms', 'common'])
  const { api, store } = useMessenger()
  const room = useStore(state => state.rooms[key])
  const close = useStore(state => state.closeDialog)
  return (
    <Dialog title={t('renameTitle')} onClose={close}>
      <RoomForm
        name={room?.name ?? ''}
        submitLabel={t('common:save')}
        onSubmit={async (name, form) => {
          const arrive = store.getState().setOut()
          await api.call('renameRoom', { room: key, name, topic: formText(form, 'topic') })
          arrive(close)
        }}
      >
        <Field
          name="topic"
          label={t('topic')}
          hint={t('topicHint')}
          maxLength={maxTopicLength}
          defaultValue={room?.topic ?? ''}
        />
      </RoomForm>
    </Dialog>
  )
}
