import { useEffect } from 'react'
import type { RoomKey } from '../../shared/contract/model.ts'
import { useMessenger, useStore } from '../store/use-store.ts'

const nobody: readonly string[] = []

/** @returns the names of the others who type in `room`; they are asked for as long as the room can be seen. */
export const useTyping = (room: RoomKey): readonly string[] => {
  const { api } = useMessenger()
  const report = useStore(state => state.report)
  useEffect(() => {
    const watch = (watched: RoomKey | null): void =>
      void api.call('watchTyping', { room: watched }).catch(report)
    const follow = (): void => watch(document.visibilityState === 'visible' ? room : null)
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      watch(null)
    }
  }, [api, report, room])
  return useStore(({ typing }) => (typing?.room === room ? typing.names : nobody))
}
