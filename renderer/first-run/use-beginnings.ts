import { useTranslation } from 'react-i18next'
import { Failure, type AppError } from '../../shared/contract/errors.ts'
import type { Invite } from '../../shared/contract/invite.ts'
import { roomIdSchema, roomKey } from '../../shared/contract/model.ts'
import type { ServerFields } from '../servers/server-fields.ts'
import { useAddServer } from '../servers/use-add-server.ts'
import { useJoin } from '../servers/use-join.ts'
import { useAttempt } from '../use-attempt.ts'
import { useMessenger } from '../use-store.ts'

/** The room that every Stompbox host has from the start. */
const firstRoom = roomIdSchema.parse('general')

interface Beginnings {
  /** Makes this computer the box and opens its first room. */
  host: (name: string) => Promise<void>
  /** Takes an invitation up and opens its server; `accepts` as the command's. Throws what the command throws. */
  join: (name: string, invite: Invite, accepts?: string) => Promise<void>
  /** Adds a server and opens it; `accepts` as the command's. Throws what the command throws. */
  connect: (name: string, fields: ServerFields, accepts?: string) => Promise<void>
  /** While the box is being switched on. */
  hosting: boolean
  /** Why it could not be. */
  error: AppError | null
}

/** @returns the ways to begin, each of them after the name is kept. */
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
        const state = await api.call('startHost', { name: t('boxName', { name }).slice(0, 64) })
        if (state.phase === 'on') store.getState().openRoom(roomKey(state.serverId, firstRoom))
        else if (state.phase === 'failed') throw new Failure(state.error.code, state.error.params)
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
