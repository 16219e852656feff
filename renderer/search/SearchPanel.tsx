import { SearchX, Search as SearchIcon } from 'lucide-react'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore as useZustandStore } from 'zustand'
import type { MessageId } from '../../shared/contract/model.ts'
import { isComposing } from '../composer/enter-key.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useMessenger, useStore } from '../use-store.ts'
import { Results } from './Results.tsx'
import { Scope } from './Scope.tsx'
import { SearchField } from './SearchField.tsx'
import { createSearchRun } from './search-run.ts'

/** The search in one's own messages, in the place of what was open. */
export const SearchPanel = () => {
  const { t } = useTranslation('search')
  const { api, store } = useMessenger()
  const { openRoom, openSearch, closeSearch, notify } = store.getState()
  const errorText = useErrorText()
  const room = useStore(state => state.search?.room ?? null)
  const [run] = useState(() => createSearchRun(api, room))
  const { sought, hits, hasMore, error } = useZustandStore(run)
  const { query } = sought
  /** The chosen hit belongs to the search it was chosen in; there may be fewer around it once its last syllable is whole. */
  const searched = `${room ?? ''}\n${query}`
  const [choice, setChoice] = useState<{ searched: string; hit: MessageId } | null>(null)
  const chosen = choice?.searched === searched ? hits.findIndex(hit => hit.message.id === choice.hit) : 0
  const active = Math.max(0, chosen)

  useEffect(() => run.stop, [run])
  useEffect(() => api.on('messageStored', run.changed), [api, run])
  useEffect(() => run.lookIn(room), [run, room])

  const open = (index: number): void => {
    const hit = hits[index]
    if (!hit) return
    const { room: key, id } = hit.message
    if (store.getState().rooms[key]?.joined) openRoom(key, id)
    else notify(t('roomLeft', { room: hit.roomName }))
  }
  const choose = (index: number): void => {
    const hit = hits[Math.max(0, Math.min(index, hits.length - 1))]
    if (hit) setChoice({ searched, hit: hit.message.id })
  }

  const press = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return
    const actions: Record<string, (() => void) | undefined> = {
      Escape: closeSearch,
      ArrowDown: () => choose(active + 1),
      ArrowUp: () => choose(active - 1),
      ...(event.target instanceof HTMLInputElement && { Enter: () => open(active) }),
    }
    const action = actions[event.key]
    if (!action) return
    event.preventDefault()
    action()
  }

  const isFound = hits.length > 0
  return (
    <div style={{ display: 'contents' }} onKeyDown={press}>
      <SearchField typed={run.type} close={closeSearch} active={isFound ? active : null} />
      <Scope room={room} count={query === '' ? null : hits.length} hasMore={hasMore} />
      {isFound ? (
        <Results
          hits={hits}
          sought={sought}
          active={active}
          choose={choose}
          open={open}
          atEnd={() => void run.loadMore()}
        />
      ) : error ? (
        <EmptyState icon={<SearchX />} title={t('failedTitle')} text={errorText(error)} />
      ) : query === '' ? (
        <EmptyState icon={<SearchIcon />} title={t('beginTitle')} text={t('beginText')} />
      ) : (
        <EmptyState icon={<SearchX />} title={t('noneTitle', { query })} text={t('noneText')}>
          {room && (
            <Button variant="primary" onClick={() => openSearch()}>
              {t('searchEverywhere')}
            </Button>
          )}
        </EmptyState>
      )}
    </div>
  )
}
