/** SUBSCRIBE `/app/rooms`: the directory, once. Changes come on `/topic/rooms`. */
import type { SubscribeHandler } from './context.ts'
import { jsonMessage } from './json-body.ts'

export const listRooms: SubscribeHandler = ({ rooms }) => [jsonMessage({ rooms: rooms.list() })]
