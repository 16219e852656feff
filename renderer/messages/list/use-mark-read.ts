import { useEffect, useRef } from 'react'
import type { RoomKey } from '../../../shared/contract/model.ts'
import { useFocused } from '../../store/use-focused.ts'
import { useMessenger } from '../../store/use-store.ts'
import type { LoadedMessages } from './room-window.ts'

/** Least time between two marks, in ms: while many messages come in, a mark for each of them would cost as much as the message. */
const pause = 250

/**
 * Marks a room read as far as it is really seen: its newest message in view, in a window that has the focus.
 * @param unread how many messages of the room the person has not read.
 * @returns whether it is.
 */
export const useMarkRead = (
  room: RoomKey,
  unread: number,
  { messages, atEnd, hasLater, phase }: LoadedMessages,
): boolean => {
  const { api, store } = useMessenger()
  const focused = useFocused()
  const seen = focused && phase === 'ready' && atEnd === true && !hasLater
  const upTo = messages.at(-1)?.id
  const markedAt = useRef(-pause)
  useEffect(() => {
    if (!seen || unread === 0 || upTo === undefined) return
    const mark = (): void => {
      markedAt.current = performance.now()
      void api.call('markRead', { room, upTo }).catch(store.getState().report)
    }
    const rest = markedAt.current + pause - performance.now()
    if (rest <= 0) {
      mark()
      return
    }
    // A person who turns away before that has hardly read it.
    const timer = setTimeout(mark, rest)
    return () => clearTimeout(timer)
  }, [api, store, seen, room, unread, upTo])
  return seen
}
