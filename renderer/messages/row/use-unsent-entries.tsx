import { RotateCw, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Message, RoomKey } from '../../../shared/contract/model.ts'
import { useSend } from '../../store/use-store.ts'
import type { MenuEntry } from '../../ui/overlays/Menu.tsx'

/**
 * @returns what may be done with a message that is not sent: one that waits, or that the server refused, can be discarded; a refused one can be
 *   sent again.
 */
export const useUnsentEntries = (room: RoomKey): ((message: Message) => MenuEntry[]) => {
  const { t } = useTranslation('messages')
  const send = useSend()
  return ({ id, delivery }) => {
    const retry = {
      label: t('retry'),
      icon: <RotateCw />,
      select: () => void send('retryMessage', { room, id }),
    }
    const discard = {
      label: t('discard'),
      icon: <Trash2 />,
      select: () => void send('discardMessage', { room, id }),
    }
    if (delivery === 'failed') return [retry, discard]
    return delivery === 'queued' ? [discard] : []
  }
}
