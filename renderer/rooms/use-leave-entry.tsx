import { DoorOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../shared/contract/model.ts'
import type { MenuEntry } from '../ui/Menu.tsx'
import { useMessenger, useSend } from '../use-store.ts'

/** @returns the menu entry that leaves a room. Nobody leaves a direct one: what the other one writes there would not be seen. */
export const useLeaveEntry = ({ key, name }: Room): NonNullable<MenuEntry> => {
  const { t } = useTranslation('rooms')
  const { store } = useMessenger()
  const send = useSend()
  const leave = async () => {
    if ((await send('leaveRoom', { room: key })) !== undefined)
      store.getState().notify(t('left', { room: name }))
  }
  return { label: t('leave'), icon: <DoorOpen />, danger: true, select: () => void leave() }
}
