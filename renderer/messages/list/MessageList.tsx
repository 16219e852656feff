import { memo, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomFacts } from '../../store/room-facts.ts'
import { useStore } from '../../store/use-store.ts'
import { MessageMenu } from '../row/MessageMenu.tsx'
import { MessageRow } from '../row/MessageRow.tsx'
import { OfflineLine } from '../row/OfflineLine.tsx'
import { PresenceLine } from '../row/PresenceLine.tsx'
import { ServerLine } from '../row/ServerLine.tsx'
import { buildRows, isShown, type Row } from '../row/rows.ts'
import { DayLine, NewLine } from '../row/separators.tsx'
import { EmptyRoom } from './EmptyRoom.tsx'
import { LatestButton } from './LatestButton.tsx'
import { edges, ListScroll } from './list-scroll.ts'
import { LoadFailure } from './LoadFailure.tsx'
import styles from './MessageList.module.css'
import { moveNewLine, openNewLine } from './new-line.ts'
import { openingPortion, spanOf } from './portion.ts'
import type { LoadedMessages, RoomWindow } from './room-window.ts'
import { moveAlongRows } from './row-keys.ts'
import { useFlash } from './use-flash.ts'
import { useMarkRead } from './use-mark-read.ts'
import { useReadState } from './use-read-state.ts'

/** @returns the loaded messages of a room; the component renders again when they change. */
const useLoaded = (roomWindow: RoomWindow): LoadedMessages =>
  useSyncExternalStore(roomWindow.subscribe, roomWindow.state)

interface Props {
  room: RoomFacts
  roomWindow: RoomWindow
}

/** The loaded messages of a room, and the notices over them. */
export const MessageList = ({ room, roomWindow }: Props) => (
  <div className={styles.frame}>
    <MessageMenu room={room} find={id => roomWindow.state().messages.find(message => message.id === id)}>
      <MessageStream room={room} roomWindow={roomWindow} />
    </MessageMenu>
    <Overlay room={room} roomWindow={roomWindow} />
  </div>
)

/** The notices over the messages. A component of its own, so that a new message does not render the menu again. */
const Overlay = ({ room, roomWindow }: Props) => {
  const { phase, messages, hasEarlier, error, atEnd } = useLoaded(roomWindow)
  return (
    <>
      {phase === 'ready' && !hasEarlier && !messages.some(isShown) && <EmptyRoom room={room} />}
      {error && <LoadFailure error={error} retry={() => void roomWindow.retry()} />}
      {atEnd === false && <LatestButton room={room.key} roomWindow={roomWindow} messages={messages} />}
    </>
  )
}

/** The rows of a room: those near the view, between spacers in place of the others. */
const MessageStream = ({ room, roomWindow }: Props) => {
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

interface RowProps {
  row: Row
  /** Whether no row comes before it. */
  isFirst: boolean
  /** The person's own name, highlighted in mentions. */
  person: string | null
  flashed: boolean
}

/** One line of the list: an element whose height is all that it takes of the list. */
const RowView = memo(({ row, isFirst, person, flashed }: RowProps) => (
  <div className={styles.row} data-first={isFirst || undefined}>
    <Line row={row} person={person} flashed={flashed} />
  </div>
))
RowView.displayName = 'RowView'

const Line = ({ row, person, flashed }: Omit<RowProps, 'isFirst'>) => {
  switch (row.kind) {
    case 'day':
      return <DayLine at={row.at} />
    case 'new':
      return <NewLine />
    case 'presence':
      return <PresenceLine type={row.type} names={row.names} at={row.at} />
    case 'line':
      return <ServerLine message={row.message} />
    case 'offline':
      return <OfflineLine from={row.from} until={row.until} />
    case 'message':
      return <MessageRow message={row.message} leads={row.leads} person={person} flashed={flashed} />
  }
}
