import { useEffect } from 'react'
import type { RoomKey } from '../../shared/contract/model.ts'
import { useMessenger } from '../store/use-store.ts'

/** Has the people of a room told as long as the component is there; `presence`: who of them is here, too. */
export const useWatchMembers = (room: RoomKey, presence: boolean): void => {
  const { api, store } = useMessenger()
  useEffect(() => {
    api.call('watchMembers', { room, presence }).catch(store.getState().report)
  }, [api, store, room, presence])
  useEffect(
    () => () => {
      api.call('watchMembers', { room: null, presence: false }).catch(store.getState().report)
    },
    [api, store],
  )
}
