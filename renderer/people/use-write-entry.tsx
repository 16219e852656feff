import { MessageCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import type { MenuEntry } from '../ui/overlays/Menu.tsx'
import { useMessenger, useSend } from '../store/use-store.ts'

/** @returns a function that makes the menu entry for a direct message on a Stompbox host. */
export const useWriteEntry = (): ((serverId: ServerId, personId: string) => NonNullable<MenuEntry>) => {
  const { t } = useTranslation('people')
  const { store } = useMessenger()
  const send = useSend()
  return (serverId, personId) => ({
    label: t('write'),
    icon: <MessageCircle />,
    select: () => {
      const { setOut, openRoom } = store.getState()
      const arrive = setOut()
      void send('openDirectRoom', { serverId, personId }).then(room => {
        if (room !== undefined) arrive(() => openRoom(room))
      })
    },
  })
}
