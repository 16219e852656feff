import { useEffect } from 'react'
import type { Room } from '../../../shared/contract/model.ts'
import { useFocused } from '../../store/use-focused.ts'
import { useMessenger } from '../../store/use-store.ts'
import type { LoadedMessages } from './room-window.ts'

/**
 * Marks a room read as far as it is really seen: its newest message in view, in a window that has the focus.
 * @returns whether it is.
 */
export const useMarkRead = (room: Room, { messages, atEnd, hasLater, phase }: LoadedMessages): boolean => {
  const { api, store } = useMessenger()
  const focused = useFocused()
  const seen = focused && phase === 'ready' && atEnd === true && !hasLater
  const upTo = messages.at(-1)?.id
  useEffect(() => {
    if (!seen || room.unread === 0 || upTo === undefined) return
    void api.call('markRead', { room: room.key, upTo }).catch(store.getState().report)
  }, [api, store, seen, room.key, room.unread, upTo])
  return seen
}
