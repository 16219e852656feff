import type { ServerId } from '../../shared/contract/model.ts'
import { useMessenger, useSend } from '../use-store.ts'

/** @returns what opens the room of two with somebody on a Stompbox host. */
export const useWriteTo = (): ((serverId: ServerId, personId: string) => Promise<void>) => {
  const { store } = useMessenger()
  const send = useSend()
  return async (serverId, personId) => {
    const room = await send('openDirectRoom', { serverId, personId })
    if (room !== undefined) store.getState().openRoom(room)
  }
}
