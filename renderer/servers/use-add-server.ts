import { useMessenger } from '../use-store.ts'
import type { ServerFields } from './server-fields.ts'

/** @returns what adds a server and opens it. It throws what the command throws. */
export const useAddServer = (): ((fields: ServerFields) => Promise<void>) => {
  const { api, store } = useMessenger()
  return async ({ passcode = null, ...fields }) => {
    const server = await api.call('addServer', { ...fields, passcode })
    store.getState().openServer(server.id)
  }
}
