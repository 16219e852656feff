import { Pencil, RotateCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Message, RoomKey } from '../../../shared/contract/model.ts'
import { draftsOf } from '../../store/drafts.ts'
import { roomOf } from '../../store/model.ts'
import { useMessenger, useSend, useStore } from '../../store/use-store.ts'
import { isUnsettled } from './rows.ts'
import type { MenuEntry } from '../../ui/overlays/Menu.tsx'

/** @returns a function that moves the text of a message that was refused into the composer. */
export const useEditUnsent = (room: RoomKey): ((message: Pick<Message, 'id' | 'content'>) => void) => {
  const { api, store } = useMessenger()
  const report = useStore(state => state.report)
  return message => {
    const { draft = '' } = roomOf(store.getState(), room) ?? {}
    void draftsOf(api, report).edit({ key: room, draft }, message)
  }
}

/**
 * @returns the menu entries of an unsent message: a waiting one can be discarded, an unconfirmed one sent again, and a refused one sent again,
 *   edited or discarded.
 */
export const useUnsentEntries = (room: RoomKey): ((message: Message) => MenuEntry[]) => {
  const { t } = useTranslation('messages')
  const send = useSend()
  const editUnsent = useEditUnsent(room)
  return message => {
    const { id, delivery } = message
    const retry = {
      label: t(delivery === 'failed' ? 'retry' : 'sendAgain'),
      icon: <RotateCw />,
      select: () => void send('retryMessage', { room, id }),
    }
    const edit = {
      label: t('editUnsent'),
      icon: <Pencil />,
      select: () => editUnsent(message),
    }
    const discard = {
      label: t('discard'),
      icon: <Trash2 />,
      select: () => void send('discardMessage', { room, id }),
    }
    if (delivery === 'failed') return [retry, edit, discard]
    if (isUnsettled(message)) return [retry]
    return delivery === 'queued' ? [discard] : []
  }
}
