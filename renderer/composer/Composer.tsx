import { ArrowUp, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { maxContentLength } from '../../shared/contract/messenger-commands.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import type { RoomWindow } from '../messages/list/room-window.ts'
import type { Closed } from '../rooms/closed.ts'
import type { RoomFacts } from '../store/room-facts.ts'
import { hasDesktop } from '../store/surface.ts'
import { useStore } from '../store/use-store.ts'
import { ClosedNote } from './ClosedNote.tsx'
import styles from './Composer.module.css'
import { ComposerFoot } from './ComposerFoot.tsx'
import { useWriting } from './use-writing.ts'

interface Props {
  room: RoomFacts
  roomWindow: RoomWindow
  /** Why nothing can be written here; null if it can. */
  closed: Closed | null
}

/**
 * Where messages are written. The text lives in the field alone, React only hears of it: an input method is never disturbed, and a draft
 * that comes back from the cache never fights with what is being typed. When the room closes under the typing hand, the same field keeps
 * the text and takes nothing more. Give it the room's key as its `key`, or a parent that has it.
 */
export const Composer = ({ room, roomWindow, closed }: Props) => {
  const { t } = useTranslation('composer')
  const errorText = useErrorText()
  const isOnline = useStore(state => state.connections[room.serverId]?.phase === 'online')
  const desktop = useStore(hasDesktop)
  const isOpen = closed === null
  const { field, initial, length, failure, typed, press, submit, format, copy, flush } = useWriting({
    room,
    roomWindow,
    isOpen,
  })
  const names = { room: room.name, context: room.kind }
  const isTooLong = length > maxContentLength
  return (
    <footer className={styles.composer}>
      <div role="status">
        {closed !== null && <ClosedNote room={room} closed={closed} hasDraft={length > 0} />}
      </div>
      {failure && (
        <p className={styles.failure} role="alert">
          {errorText(failure)}
        </p>
      )}
      <div className={styles.box} hidden={!isOpen && length === 0}>
        <textarea
          ref={field}
          className={styles.field}
          dir="auto"
          rows={1}
          defaultValue={initial}
          readOnly={!isOpen}
          aria-label={t('label', names)}
          aria-invalid={isTooLong}
          placeholder={t(isOnline ? 'placeholder' : 'placeholderOffline', names)}
          spellCheck={false}
          onInput={event => typed(event.currentTarget.value)}
          onKeyDown={press}
          onBlur={flush}
        />
        {isOpen && (
          <button
            className={styles.send}
            type="button"
            aria-label={t('send')}
            disabled={length === 0 || isTooLong}
            onClick={() => {
              void submit()
              field.current?.focus()
            }}
          >
            <ArrowUp />
          </button>
        )}
        {!isOpen && desktop && (
          <button className={styles.send} type="button" aria-label={t('copyDraft')} onClick={copy}>
            <Copy />
          </button>
        )}
      </div>
      {isOpen ? (
        <ComposerFoot room={room.key} length={length} format={format} />
      ) : (
        <div className={styles.noFoot} />
      )}
    </footer>
  )
}
