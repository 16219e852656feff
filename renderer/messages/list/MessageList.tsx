import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Room } from '../../../shared/contract/model.ts'
import { useStore } from '../../store/use-store.ts'
import { EmptyRoom } from './EmptyRoom.tsx'
import { LatestButton } from './LatestButton.tsx'
import { createListScroll, endThreshold } from './list-scroll.ts'
import { LoadFailure } from './LoadFailure.tsx'
import { MessageMenu } from '../row/MessageMenu.tsx'
import styles from './MessageList.module.css'
import { moveNewLine, openNewLine } from './new-line.ts'
import type { RoomWindow } from './room-window.ts'
import { moveAlongRows } from './row-keys.ts'
import { buildRows, estimateHeight } from '../row/rows.ts'
import { RowView } from '../row/RowView.tsx'
import { useFlash } from './use-flash.ts'
import { useMarkRead } from './use-mark-read.ts'

/** The messages of a room that are loaded, of which only those near the view are in the page. */
export const MessageList = ({ room, roomWindow }: { room: Room; roomWindow: RoomWindow }) => {
  const { t } = useTranslation('messages')
  const person = useStore(state => state.person?.name ?? null)
  const loaded = useSyncExternalStore(roomWindow.subscribe, roomWindow.state)
  const { messages, hasEarlier } = loaded
  const seen = useMarkRead(room, loaded)
  const flashed = useFlash(loaded.target)

  const [line, setLine] = useState(() => openNewLine({ ...room, seen }))
  const moved = moveNewLine(line, { ...room, seen })
  if (moved !== line) setLine(moved)
  const { readUpTo } = moved
  const rows = useMemo(() => buildRows(messages, { readUpTo, hasEarlier }), [messages, readUpTo, hasEarlier])

  const [scroll] = useState(() => createListScroll(roomWindow))
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: index => estimateHeight(rows[index]),
    getItemKey: index => rows[index]?.key ?? index,
    anchorTo: 'end',
    scrollEndThreshold: endThreshold,
    overscan: 10,
    paddingStart: 16,
    paddingEnd: 8,
    scrollPaddingStart: 8,
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    onChange: scroll.changed,
  })
  useLayoutEffect(() => (scroller.current ? scroll.attach(scroller.current) : undefined), [scroll])
  useLayoutEffect(() => scroll.rendered({ rows, loaded, virtualizer }))

  return (
    <div className={styles.frame}>
      <MessageMenu room={room} messages={messages}>
        <div
          ref={scroller}
          className={styles.stream}
          role="log"
          aria-live="off"
          aria-label={t('list', { room: room.name, context: room.kind })}
          tabIndex={0}
          onKeyDown={moveAlongRows}
        >
          <div ref={virtualizer.containerRef} className={styles.sizer}>
            {virtualizer.getVirtualItems().map(item => {
              const row = rows[item.index]
              return (
                row && (
                  <div
                    key={row.key}
                    ref={virtualizer.measureElement}
                    className={styles.row}
                    data-index={item.index}
                  >
                    <RowView row={row} person={person} flashed={row.key === flashed} />
                  </div>
                )
              )
            })}
          </div>
        </div>
      </MessageMenu>
      {loaded.phase === 'ready' && rows.length === 0 && !hasEarlier && <EmptyRoom room={room} />}
      {loaded.error && <LoadFailure error={loaded.error} retry={() => void roomWindow.retry()} />}
      {loaded.atEnd === false && <LatestButton room={room} roomWindow={roomWindow} messages={messages} />}
    </div>
  )
}
