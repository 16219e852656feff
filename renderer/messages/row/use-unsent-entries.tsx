import { RotateCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Message, RoomKey } from '../../../shared/contract/model.ts'
import { useSend } from '../../store/use-store.ts'
import { isUnsettled } from './rows.ts'
import type { MenuEntry } from '../../ui/overlays/Menu.tsx'

/**
 * @returns what may be done with a message that is not sent: one that waits, or that the server refused, can be discarded; a refused one, and one that nothing has confirmed, can
 *   be sent again.
 */
export const useUnsentEntries = (room: RoomKey): ((message: Message) => MenuEntry[]) => {
  const { t } = useTranslation('messages')
  const send = useSend()
  return message => {
    const { id, delivery } = message
    const retry = {
      label: t(delivery === 'failed' ? 'retry' : 'sendAgain'),
      icon: <RotateCw />,
      select: () => void send('retryMessage', { room, id }),
    }
    const discard = {
      label: t('discard'),
      icon: <Trash2 />,
      select: () => void send('discardMessage', { room, id }),
    }
    if (delivery === 'failed') return [retry, discard]
    if (isUnsettled(message)) return [retry]
    return delivery === 'queued' ? [discard] : []
  }
}
