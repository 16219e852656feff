/** What is needed to write into the cache, in a test and in a program of its own. */
import { roomIdSchema } from '../../../shared/contract/model.ts'
import { home } from '../../shared/core/message-cache/fixtures.ts'

export const workerUrl = new URL('../../../main/cache/worker.ts', import.meta.url)

export const aRoom = (roomId: string) => ({
  serverId: home,
  roomId: roomIdSchema.parse(roomId),
  name: roomId,
  kind: 'public' as const,
  topic: '',
  personId: null,
  joined: true,
  absence: null,
  archived: false,
})
