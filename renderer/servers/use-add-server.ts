import type { InputOf } from '../../shared/contract/api.ts'
import { useMessenger } from '../use-store.ts'

/** @returns what adds a server, or takes up the one that is there already, and opens it. It throws what the command throws. */
export const useAddServer = (): ((server: InputOf<'addServer'>) => Promise<void>) => {
  const { api, store } = useMessenger()
  return async fields => {
    const server = await api.call('addServer', fields)
    store.getState().openServer(server.id)
  }
}
