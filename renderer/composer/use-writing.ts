import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { toAppError, type AppError } from '../../shared/contract/errors.ts'
import { maxContentLength } from '../../shared/contract/messenger-commands.ts'
import type { SendKey } from '../../shared/contract/model.ts'
import type { RoomWindow } from '../messages/list/room-window.ts'
import { endComposition, isInputMethods, isSyllableOpen } from '../ui/forms/composition.ts'
import type { RoomFacts } from '../store/room-facts.ts'
import { roomOf } from '../store/model.ts'
import { isMac, surfaceOf } from '../store/surface.ts'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'
import { coarseLength, contentOf } from './content.ts'
import { draftsOf, type Drafts } from '../store/drafts.ts'
import { enterMeans } from './enter-key.ts'
import { isInFence } from './fence.ts'
import { formatField } from './format-field.ts'
import { formatOfStroke, type Format } from './formatting.ts'
import { createTypingNews } from './typing-news.ts'
import { useTypeAnywhere } from './use-type-anywhere.ts'

interface Options {
  room: RoomFacts
  roomWindow: RoomWindow
  /** Whether the room takes messages. */
  isOpen: boolean
}

interface Writing {
  field: RefObject<HTMLTextAreaElement | null>
  /** The initial text of the field. */
  initial: string
  /** {@link coarseLength} of the text in the field. */
  length: number
  /** Why the last message could not be taken. */
  failure: AppError | null
  typed: (text: string) => void
  press: (event: KeyboardEvent<HTMLTextAreaElement>) => void
  submit: () => Promise<void>
  /** Formats what is selected in the field. */
  format: (format: Format) => void
  copy: () => void
  /** Saves an unsaved draft now. */
  flush: () => void
}

const elsewhere = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu]'

/** Focuses the composer when it appears, unless the person is writing something else at that moment. */
const takeFocus = (field: HTMLTextAreaElement): void => {
  if (field.readOnly || document.activeElement?.closest(elsewhere)) return
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

const enterMeaning = (
  { nativeEvent, currentTarget }: KeyboardEvent<HTMLTextAreaElement>,
  sendKey: SendKey,
) => {
  const { value, selectionStart } = currentTarget
  const inFence = nativeEvent.key === 'Enter' && isInFence(value.slice(0, selectionStart))
  return enterMeans(nativeEvent, sendKey, isSyllableOpen(), inFence)
}

/** Focuses the field when it appears, and saves the draft when it or the page goes. */
const useStay = (field: RefObject<HTMLTextAreaElement | null>, drafts: Drafts): void => {
  useEffect(() => {
    if (field.current) takeFocus(field.current)
    window.addEventListener('pagehide', drafts.flush)
    return () => {
      window.removeEventListener('pagehide', drafts.flush)
      drafts.flush()
    }
  }, [field, drafts])
}

/** @returns the state and the actions of the composer's field. */
export const useWriting = ({ room, roomWindow, isOpen }: Options): Writing => {
  const { api, store } = useMessenger()
  const send = useSend()
  const report = useStore(state => state.report)
  const sendKey = useStore(state => surfaceOf(state).sendKey)
  const mac = useStore(isMac)
  const drafts = draftsOf(api, report)
  const field = useRef<HTMLTextAreaElement>(null)
  const [initial] = useState(() => {
    const { draft = '' } = roomOf(store.getState(), room.key) ?? {}
    return drafts.of({ key: room.key, draft })
  })
  const [length, setLength] = useState(() => coarseLength(initial))
  const [failure, setFailure] = useState<AppError | null>(null)
  const [news] = useState(() =>
    createTypingNews(typing => {
      // The others can do without it.
      api.call('setTyping', { room: room.key, typing }).catch(() => undefined)
    }),
  )
  useTypeAnywhere(field)

  const write = useCallback((text: string): void => {
    if (field.current) field.current.value = text
    setLength(coarseLength(text))
  }, [])
  useEffect(() => drafts.follow(room.key, write), [drafts, room.key, write])
  useStay(field, drafts)

  const typed = (text: string): void => {
    const length = coarseLength(text)
    setLength(length)
    drafts.type(room.key, text)
    news.typed(length > 0)
  }

  const submit = async (): Promise<void> => {
    const text = field.current?.value ?? ''
    const content = contentOf(text)
    if (!isOpen || content === '' || content.length > maxContentLength) return
    write('')
    setFailure(null)
    drafts.sent(room.key)
    news.sent()
    void roomWindow.jumpToEnd()
    try {
      await api.call('sendMessage', { room: room.key, content })
    } catch (thrown) {
      const both = [text, drafts.of({ key: room.key, draft: '' })].filter(Boolean).join('\n')
      write(both)
      drafts.type(room.key, both)
      setFailure(toAppError(thrown))
    }
  }

  const format = (wanted: Format): void => formatField(field.current, wanted)

  const press: Writing['press'] = event => {
    const meaning = isOpen ? enterMeaning(event, sendKey) : null
    const wanted = isInputMethods(event.nativeEvent) ? undefined : formatOfStroke(event.nativeEvent, mac)
    const isEscape = event.key === 'Escape' || event.code === 'Escape'
    if (meaning === 'send') {
      event.preventDefault()
      endComposition()
      void submit()
    } else if (meaning === 'break' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      const { selectionStart, selectionEnd } = event.currentTarget
      event.currentTarget.setRangeText('\n', selectionStart, selectionEnd, 'end')
      typed(event.currentTarget.value)
    } else if (wanted && isOpen) {
      event.preventDefault()
      format(wanted)
    } else if (isEscape && !isInputMethods(event.nativeEvent)) {
      void roomWindow.jumpToEnd()
    }
  }

  const copy = (): void => void send('copyText', { text: field.current?.value ?? '' })
  return { field, initial, length, failure, typed, press, submit, format, copy, flush: drafts.flush }
}
