import { useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore as useZustandStore } from 'zustand'
import { endComposition, isInputMethods } from '../ui/forms/composition.ts'
import { isComposing } from '../ui/forms/input-method.ts'
import { useMessenger, useStore } from '../store/use-store.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import { plainText } from '../../shared/text/markdown.ts'
import { firstMatch } from '../../shared/text/matching.ts'
import { foundRooms } from './found-rooms.ts'
import { NothingFound } from './NothingFound.tsx'
import { Results } from './Results.tsx'
import { Scope } from './Scope.tsx'
import { SearchField } from './SearchField.tsx'
import { createSearchRun, type SearchRun } from './search-run.ts'

/** Rooms shown at first, so that the messages below stay in view. */
const mostRooms = 5
/** The entry that shows the other rooms. */
const more = 'more'

/** @returns the search of an open panel, which looks again where messages change. */
const useSearchRun = (room: RoomKey | null): SearchRun => {
  const { api } = useMessenger()
  const [run] = useState(() => createSearchRun(api, room))
  useEffect(() => run.stop, [run])
  useEffect(() => api.on('messageStored', run.changed), [api, run])
  useEffect(() => run.lookIn(room), [run, room])
  return run
}

/** The search in the person's rooms and messages; replaces the open view. */
export const SearchPanel = () => {
  const { t } = useTranslation('search')
  const { store } = useMessenger()
  const { openRoom, closeSearch, notify } = store.getState()
  const room = useStore(state => state.search?.room ?? null)
  const run = useSearchRun(room)
  const { typed, sought, hits, hasMore, error } = useZustandStore(run)
  const allRooms = useStore(state => state.rooms)
  const named = useMemo(
    () => (room === null && !error ? foundRooms(allRooms, typed) : []),
    [room, error, allRooms, typed],
  )
  const [opened, setOpened] = useState('')
  const rooms = opened === typed.query ? named : named.slice(0, mostRooms)
  const moreRooms = named.length - rooms.length
  const found = [
    ...rooms.map(({ key }) => key),
    ...(moreRooms > 0 ? [more] : []),
    ...hits.map(({ message }) => `${message.room}\n${message.id}`),
  ]
  /** The selection belongs to the query as typed, so that an answer that arrives later does not move it. */
  const searched = `${room ?? ''}\n${typed.query}`
  const [choice, setChoice] = useState({ searched, key: '' })
  const active = choice.searched === searched ? Math.max(0, found.indexOf(choice.key)) : 0

  /** Shows all found rooms, and selects the first of those that were hidden. */
  const openAll = (): void => {
    setOpened(typed.query)
    setChoice({ searched, key: named[mostRooms]?.key ?? '' })
  }
  const open = (index: number): void => {
    const found = rooms[index]
    const hit = hits[index - rooms.length - (moreRooms > 0 ? 1 : 0)]
    if (found) openRoom(found.key)
    else if (moreRooms > 0 && index === rooms.length) openAll()
    else if (hit && allRooms[hit.message.room]?.joined)
      openRoom(hit.message.room, hit.message.id, firstMatch(plainText(hit.message.content), sought))
    else if (hit) notify(t('roomLeft', { room: hit.roomName }))
  }
  const choose = (index: number): void => {
    const key = found[Math.max(0, Math.min(index, found.length - 1))]
    if (key !== undefined) setChoice({ searched, key })
  }

  const press = (event: KeyboardEvent): void => {
    // Keys that also go to the field arrive again after the composition; Escape may not.
    if (isInputMethods(event.nativeEvent) || (isComposing(event.nativeEvent) && event.code !== 'Escape'))
      return
    const actions: Record<string, (() => void) | undefined> = {
      Escape: closeSearch,
      ArrowDown: () => choose(active + 1),
      ArrowUp: () => choose(active - 1),
      ...(event.target instanceof HTMLInputElement && { Enter: () => open(active) }),
    }
    const action = actions[isComposing(event.nativeEvent) ? event.code : event.key]
    if (!action) return
    event.preventDefault()
    endComposition()
    action()
  }

  const isFound = found.length > 0
  return (
    <div style={{ display: 'contents' }} onKeyDown={press}>
      <SearchField typed={run.type} close={closeSearch} active={isFound ? active : null} />
      <Scope room={room} count={sought.query === '' ? null : hits.length} hasMore={hasMore} />
      {isFound ? (
        <Results
          rooms={rooms}
          moreRooms={moreRooms}
          hits={hits}
          typed={typed}
          sought={sought}
          active={active}
          choose={choose}
          open={open}
          atEnd={() => void run.loadMore()}
        />
      ) : (
        <NothingFound query={sought.query} error={error} inRoom={room !== null} />
      )}
    </div>
  )
}
