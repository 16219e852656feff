import { DoorOpen, FileOutput, Hash, Pencil, PlugZap, Stethoscope, Trash2, Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { offers, type ServerId } from '../../shared/contract/model.ts'
import type { MenuEntry } from '../ui/overlays/Menu.tsx'
import { serverOf } from '../store/model.ts'
import { hasDesktop } from '../store/surface.ts'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'

/** @returns the menu of a server. The person's own box has no address to edit and no connection to end: it has a page of its own. */
export const useServerEntries = (serverId: ServerId): MenuEntry[] => {
  const { t } = useTranslation(['servers', 'rooms', 'doctor'])
  const { store } = useMessenger()
  const send = useSend()
  const server = useStore(state => serverOf(state, serverId))
  const desktop = useStore(hasDesktop)
  const { openDialog, notify } = store.getState()
  if (!server) return []
  const exportProfile = async () => {
    const file = await send('exportProfile', { serverId })
    if (file) notify(t('exported', { file }))
  }
  const rooms: MenuEntry[] = [
    {
      label: t(offers(server, 'rooms') === false ? 'rooms:open' : 'rooms:create'),
      icon: <Hash />,
      keys: ['mod', 'N'],
      select: () => openDialog({ name: 'create-room', serverId }),
    },
    {
      label: t('rooms:browse'),
      icon: <DoorOpen />,
      select: () => openDialog({ name: 'browse-rooms', serverId }),
    },
  ]
  if (server.own) return rooms
  return [
    ...rooms,
    null,
    { label: t('edit'), icon: <Pencil />, select: () => openDialog({ name: 'edit-server', serverId }) },
    {
      label: t('doctor:check'),
      icon: <Stethoscope />,
      select: () => openDialog({ name: 'doctor', serverId }),
    },
    server.enabled
      ? {
          label: t('disconnect'),
          icon: <Unplug />,
          select: () => void send('disconnectServer', { id: serverId }),
        }
      : {
          label: t('connect'),
          icon: <PlugZap />,
          select: () => void send('connectServer', { id: serverId }),
        },
    ...(desktop
      ? [{ label: t('exportSettings'), icon: <FileOutput />, select: () => void exportProfile() }]
      : []),
    null,
    {
      label: t('remove'),
      icon: <Trash2 />,
      danger: true,
      select: () => openDialog({ name: 'remove-server', serverId }),
    },
  ]
}
