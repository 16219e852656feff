import { ArrowUp } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toAppError, type AppError } from '../../shared/contract/errors.ts'
import { maxContentLength } from '../../shared/contract/messenger-commands.ts'
import type { Room } from '../../shared/contract/model.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import type { RoomWindow } from '../messages/room-window.ts'
import { useMessenger, useStore } from '../use-store.ts'
import styles from './Composer.module.css'
import { ComposerFoot } from './ComposerFoot.tsx'
import { contentOf } from './content.ts'
import { draftsOf } from './drafts.ts'
import { enterMeans, isComposing } from './enter-key.ts'
import { useTypeAnywhere } from './use-type-anywhere.ts'

/**
 * Where messages are written. The text lives in the field alone, React only hears of it: an input method is never disturbed, and a draft
 * that comes back from the cache never fights with what is being typed. Give it the room's key as its `key`, or a parent that has it.
 */
export const Composer = ({ room, roomWindow }: { room: Room; roomWindow: RoomWindow }) => {
  const { t } = useTranslation('composer')
  const { api } = useMessenger()
  const report = useStore(state => state.report)
  const errorText = useErrorText()
  const sendKey = useStore(state => state.settings.sendKey)
  const isOnline = useStore(state => state.connections[room.serverId]?.phase === 'online')
  const drafts = draftsOf(api, report)
  const field = useRef<HTMLTextAreaElement>(null)
  const [initial] = useState(() => drafts.of(room))
  const [length, setLength] = useState(() => contentOf(initial).length)
  const [failure, setFailure] = useState<AppError | null>(null)
  useTypeAnywhere(field)

  useEffect(() => {
    const { current } = field
    current?.focus()
    current?.setSelectionRange(current.value.length, current.value.length)
    window.addEventListener('pagehide', drafts.flush)
    return () => {
      window.removeEventListener('pagehide', drafts.flush)
      drafts.flush()
    }
  }, [drafts])

  const write = (text: string): void => {
    if (field.current) field.current.value = text
    setLength(contentOf(text).length)
  }
  const typed = (text: string): void => {
    const { length } = contentOf(text)
    setLength(length)
    drafts.type(room.key, text)
    // The others can do without it.
    api.call('setTyping', { room: room.key, typing: length > 0 }).catch(() => undefined)
  }

  const submit = async (): Promise<void> => {
    const text = field.current?.value ?? ''
    const content = contentOf(text)
    if (content === '' || content.length > maxContentLength) return
    write('')
    setFailure(null)
    drafts.sent(room.key)
    void roomWindow.jumpToEnd()
    try {
      await api.call('sendMessage', { room: room.key, content })
    } catch (thrown) {
      const both = [text, drafts.of({ ...room, draft: '' })].filter(Boolean).join('\n')
      write(both)
      drafts.type(room.key, both)
      setFailure(toAppError(thrown))
    }
  }

  const press = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const meaning = enterMeans(event.nativeEvent, sendKey)
    if (meaning === 'send') {
      event.preventDefault()
      void submit()
    } else if (meaning === 'break' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      const { selectionStart, selectionEnd } = event.currentTarget
      event.currentTarget.setRangeText('\n', selectionStart, selectionEnd, 'end')
      typed(event.currentTarget.value)
    } else if (event.key === 'Escape' && !isComposing(event.nativeEvent)) {
      void roomWindow.jumpToEnd()
    }
  }

  const excess = Math.max(0, length - maxContentLength)
  return (
    <footer className={styles.composer}>
      {failure && (
        <p className={styles.failure} role="alert">
          {errorText(failure)}
        </p>
      )}
      <div className={styles.box}>
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          defaultValue={initial}
          aria-label={t('label', { room: room.name, context: room.kind })}
          aria-invalid={excess > 0}
          placeholder={t(isOnline ? 'placeholder' : 'placeholderOffline', {
            room: room.name,
            context: room.kind,
          })}
          spellCheck={false}
          onInput={event => typed(event.currentTarget.value)}
          onKeyDown={press}
          onBlur={drafts.flush}
        />
        <button
          className={styles.send}
          type="button"
          aria-label={t('send')}
          disabled={length === 0 || excess > 0}
          onClick={() => {
            void submit()
            field.current?.focus()
          }}
        >
          <ArrowUp />
        </button>
      </div>
      <ComposerFoot room={room.key} excess={excess} sendKey={sendKey} />
    </footer>
  )
}
