/** What the source of a Spring back end changes in the form. */
import type { SpringSource } from '../../../shared/contract/spring-source.ts'
import type { ProfileDraft } from './draft.ts'

/** Spring's usual address while a back end is being written. */
const usualHost = 'ws://localhost:8080'

/** @returns the typed address with the path of an endpoint. */
export const addressAt = (typed: string, endpoint: string): string => {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `ws://${typed}`
  const origin = typed !== '' && URL.canParse(full) ? full.split('/').slice(0, 3).join('/') : usualHost
  return `${origin}${endpoint}`
}

/** Endings of the destinations with which one joins or leaves a room. */
const joins = /[./](?:add_?user|enter|join)$/i
const leaves = /[./](?:remove_?user|leave|exit|quit)$/i

/** @returns the draft with the destinations of the source; what it does not say stays. */
export const fillFromSource = (draft: ProfileDraft, { send, subscribe, own }: SpringSource): ProfileDraft => {
  const join = send.find(each => joins.test(each))
  const leave = send.find(each => leaves.test(each))
  const talk = send.find(each => each !== join && each !== leave)
  return {
    ...draft,
    rooms: {
      ...draft.rooms,
      ...(talk !== undefined && { send: talk }),
      // The schema takes eight.
      ...(subscribe.length > 0 && { subscribe: subscribe.slice(0, 8) }),
      ...(join !== undefined && { join: { ...draft.rooms.join, destination: join } }),
      ...(leave !== undefined && { leave: { ...draft.rooms.leave, destination: leave } }),
    },
    own:
      own.length === 0
        ? draft.own
        : own.slice(0, 16).map(destination => ({
            destination,
            name: destination.split('/').at(-1) ?? destination,
            as: /error|notice|notif/i.test(destination) ? 'notices' : 'room',
            send: '',
          })),
  }
}
