import { useTranslation } from 'react-i18next'
import { Failure, type AppError } from '../../shared/contract/errors.ts'
import type { Invite } from '../../shared/contract/invite.ts'
import type { HostState } from '../../shared/contract/model.ts'
import type { Api } from '../../shared/bridge/api.ts'
import type { ServerFields } from '../servers/server-fields.ts'
import { useAddServer, useJoin } from '../servers/use-add-server.ts'
import { useAttempt } from '../store/use-attempt.ts'
import { useMessenger } from '../store/use-store.ts'
import { desktopOf } from '../store/world.ts'

interface Beginnings {
  /** Opens the person's box to the network and shows its invitation. */
  host: (name: string) => Promise<void>
  /** Accepts an invitation and opens its server; `accepts` as in the command. Throws what the command throws. */
  join: (name: string, invite: Invite, accepts?: string) => Promise<void>
  /** Adds a server and opens it; `accepts` as in the command. Throws what the command throws. */
  connect: (name: string, fields: ServerFields, accepts?: string) => Promise<void>
  /** Whether the box is starting. */
  hosting: boolean
  /** Why it could not start. */
  error: AppError | null
}

/** @returns the box, on a free port if another program uses the configured one. @throws Failure of the command. */
const startOnFreePort = async (api: Api): Promise<HostState> => {
  try {
    return await api.call('startHost', {})
  } catch (thrown) {
    if (!(thrown instanceof Failure && thrown.error.code === 'port-in-use')) throw thrown
    // A box that could not start retries with the new port.
    return api.call('updateHost', { port: 0 })
  }
}

/** @returns the ways to start; each saves the name first. */
export const useBeginnings = (): Beginnings => {
  const { t } = useTranslation('firstRun')
  const { api, store } = useMessenger()
  const addServer = useAddServer()
  const join = useJoin()
  const { attempt, busy: hosting, error } = useAttempt()
  return {
    hosting,
    error,
    host: name =>
      attempt(async () => {
        await api.call('setPerson', { name })
        await api.call('updateHost', { name: t('boxName', { name }).slice(0, 64), reach: 'lan' })
        const { port } = desktopOf(store.getState()).settings.host
        const state = await startOnFreePort(api)
        if (state.phase === 'failed') throw new Failure(state.error.code, state.error.params)
        if (state.phase !== 'on') return
        store.getState().show({ name: 'host' })
        if (port !== 0 && state.port !== port)
          store.getState().notify(t('portTaken', { port, used: state.port }))
      }),
    join: async (name, invite, accepts) => {
      await api.call('setPerson', { name })
      await join(invite, accepts)
    },
    connect: async (name, fields, accepts) => {
      await api.call('setPerson', { name })
      await addServer({ ...fields, accepts })
    },
  }
}
