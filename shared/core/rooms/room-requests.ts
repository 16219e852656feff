/** Requests about rooms to a Stompbox host: each has an id, by which its answer and its refusal are known. */
import { Failure, type AppError } from '../../contract/errors.ts'
import type { Role, RoomId, RoomKind } from '../../contract/model.ts'
import type { Clock, Ids } from '../ports.ts'
import type { ListedRoom } from '../dialect/room-destinations.ts'
import type { Session } from '../session/session.ts'

/** Milliseconds that a host has to answer a request. */
const answerDeadline = 10_000

/** What can be asked: the last word of the destination, and the fields of the body. */
export type RoomRequest =
  | { verb: 'create'; name: string; kind: Exclude<RoomKind, 'direct'> }
  | { verb: 'direct'; personId: string }
  | { verb: 'rename'; roomId: RoomId; name: string; topic: string }
  | { verb: 'archive'; roomId: RoomId; archived: boolean }
  | { verb: 'delete'; roomId: RoomId }
  | { verb: 'invite'; roomId: RoomId; name: string }
  | { verb: 'remove'; roomId: RoomId; personId: string }
  | { verb: 'role'; roomId: RoomId; personId: string; role: Role }
  | { verb: 'ban'; roomId: RoomId; personId: string; banned: boolean }

export interface RoomRequests {
  /** @returns the room as it is then. Rejects with the host's refusal, and with `offline` where no answer comes. */
  ask: (request: RoomRequest) => Promise<ListedRoom>
  answered(requestId: string, room: ListedRoom): void
  /** @returns whether such a request was waiting. */
  refused(requestId: string, error: AppError): boolean
}

interface Waiting {
  resolve(room: ListedRoom): void
  reject(failure: Failure): void
}

export const createRoomRequests = (session: Session, clock: Clock, ids: Ids): RoomRequests => {
  const waiting = new Map<string, Waiting>()

  return {
    async ask({ verb, ...fields }) {
      const requestId = ids.next()
      const answer = new Promise<ListedRoom>((resolve, reject) => waiting.set(requestId, { resolve, reject }))
      const giveUp = (): void => waiting.get(requestId)?.reject(new Failure('offline'))
      const cancel = clock.after(answerDeadline, giveUp)
      session
        .send(`/app/room/${verb}`, JSON.stringify({ ...fields, requestId }))
        .catch((thrown: unknown) =>
          waiting
            .get(requestId)
            ?.reject(thrown instanceof Failure ? thrown : new Failure('offline', {}, thrown)),
        )
      try {
        return await answer
      } finally {
        cancel()
        waiting.delete(requestId)
      }
    },
    answered: (requestId, room) => waiting.get(requestId)?.resolve(room),
    refused(requestId, { code, params, detail }) {
      const request = waiting.get(requestId)
      request?.reject(new Failure(code, params, detail))
      return request !== undefined
    },
  }
}
