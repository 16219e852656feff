import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomFacts } from '../../store/room-facts.ts'
import { useStore } from '../../store/use-store.ts'
import { buildRows } from '../row/rows.ts'
import { RowView } from '../row/RowView.tsx'
import { edges, ListScroll } from './list-scroll.ts'
import styles from './MessageStream.module.css'
import { moveNewLine, openNewLine } from './new-line.ts'
import { openingPortion, spanOf } from './portion.ts'
import type { RoomWindow } from './room-window.ts'
import { moveAlongRows } from './row-keys.ts'
import { useFlash } from './use-flash.ts'
import { useLoaded } from './use-loaded.ts'
import { useMarkRead } from './use-mark-read.ts'
import { useReadState } from './use-read-state.ts'

/** The rows of a room: those near the view, between spacers in place of the others. */
export const MessageStream = ({ room, roomWindow }: { room: RoomFacts; roomWindow: RoomWindow }) => {
  const { t } = useTranslation('messages')
  const person = useStore(state => state.person?.name ?? null)
  const loaded = useLoaded(roomWindow)
  const { messages, hasEarlier } = loaded
  const read = useReadState(room.key)
  const seen = useMarkRead(room.key, read.unread, loaded)
  const flashed = useFlash(loaded.target)

  const [line, setLine] = useState(() => openNewLine({ ...read, seen }))
  const moved = moveNewLine(line, { ...read, seen })
  if (moved !== line) setLine(moved)
  const { readUpTo } = moved
  const rows = useMemo(() => buildRows(messages, { readUpTo, hasEarlier }), [messages, readUpTo, hasEarlier])

  const [portion, cut] = useState(openingPortion)
  const [scroll] = useState(() => new ListScroll(roomWindow, cut))
  const scroller = useRef<HTMLDivElement>(null)
  const span = spanOf(rows, portion)
  const starts = scroll.heights.starts(rows)
  const before = edges.start + (starts[span.first] ?? 0)
  const after = edges.end + (starts[rows.length] ?? 0) - (starts[span.end] ?? 0)
  useLayoutEffect(() => (scroller.current ? scroll.attach(scroller.current) : undefined), [scroll])
  useLayoutEffect(() => scroll.rendered({ rows, loaded, portion, span }))

  return (
    <div
      ref={scroller}
      className={styles.stream}
      role="log"
      aria-live="off"
      aria-label={t('list', { room: room.name, context: room.kind })}
      tabIndex={0}
      onKeyDown={moveAlongRows}
    >
      <div className={styles.sizer}>
        <div style={{ height: before }} />
        {rows.slice(span.first, span.end).map(row => (
          <RowView
            key={row.key}
            row={row}
            isFirst={row === rows[0]}
            person={person}
            flashed={row.key === flashed}
          />
        ))}
        <div style={{ height: after }} />
      </div>
    </div>
  )
}
