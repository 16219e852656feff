import type { Room, RoomKey } from '../../shared/contract/model.ts'
import { joinedRooms } from '../store/view.ts'
import { placeIn } from '../../shared/text/matching.ts'
import type { Sought } from '../../shared/text/query.ts'

/** @returns the joined rooms whose names match, those with an earlier match first. */
export const foundRooms = (rooms: Readonly<Record<RoomKey, Room>>, sought: Sought): Room[] =>
  joinedRooms(rooms)
    .flatMap(room => {
      const place = placeIn(room.name, sought)
      return place === null ? [] : [{ room, place }]
    })
    .sort((a, b) => a.place - b.place)
    .map(({ room }) => room)
