import { Copy, FileCode, Link as LinkIcon, Trash2 } from 'lucide-react'
import { useState, type MouseEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { chatType, offers, type Message, type Role } from '../../../shared/contract/model.ts'
import { plainText } from '../../../shared/text/markdown.ts'
import { hasMembers } from '../../people/has-members.ts'
import { mayDecide } from '../../people/roles.ts'
import type { RoomFacts } from '../../store/room-facts.ts'
import { useRoomRole } from '../../rooms/use-room-role.ts'
import { useWriteEntry } from '../../people/use-write-entry.tsx'
import { ContextMenu, type MenuEntry } from '../../ui/overlays/Menu.tsx'
import { hasDesktop } from '../../store/surface.ts'
import { useSend, useStore } from '../../store/use-store.ts'
import { useUnsentEntries } from './use-unsent-entries.tsx'

interface Props {
  room: RoomFacts
  /** @returns the message of this id among those that are loaded. */
  find: (id: string | undefined) => Message | undefined
  /** The list. */
  children: ReactElement
}

/** The target of the menu: under the pointer, or with the focus. */
interface Picked {
  message: Message
  /** What is copied as text: the selection, or the whole message without its marks. */
  text: string
  /** The message as its sender wrote it, if that differs from its text; otherwise null. */
  markdown: string | null
  href: string | null
}

/** Whether the server has the message, and would delete it for the person: their own, and as a moderator everybody's. */
const isDeletable = ({ own, delivery }: Message, role: Role | null): boolean =>
  (own || (role !== null && mayDecide(role))) && (delivery === null || delivery === 'confirmed')

/** @returns the selected text if the selection reaches into this message; otherwise an empty text. */
const selectedIn = (row: Element): string => {
  const selection = getSelection()
  return selection?.containsNode(row, true) === true ? selection.toString() : ''
}

/** The menu of the message under the pointer: one menu for all of them. */
export const MessageMenu = ({ room, find, children }: Props) => {
  const { t } = useTranslation('messages')
  const send = useSend()
  const openDialog = useStore(state => state.openDialog)
  const canDelete = useStore(state =>
    state.servers.some(server => server.id === room.serverId && offers(server, 'delete') === true),
  )
  const hasPeople = useStore(state => hasMembers(room, state.servers))
  const writeEntry = useWriteEntry()
  const unsentEntries = useUnsentEntries(room.key)
  const role = useRoomRole(room.key)
  const desktop = useStore(hasDesktop)
  const isOnline = useStore(state => state.connections[room.serverId]?.phase === 'online')
  const [picked, setPicked] = useState<Picked | null>(null)

  const pick = (event: MouseEvent): void => {
    const at = event.target instanceof Element ? event.target : null
    const row = at?.closest<HTMLElement>('[data-message]')
    const message = find(row?.dataset.message)
    if (row && message?.type === chatType) {
      const shown = plainText(message.content)
      setPicked({
        message,
        text: selectedIn(row) || shown,
        markdown: shown === message.content ? null : message.content,
        href: at?.closest('a')?.href ?? null,
      })
    } else {
      // Between the messages, and with a deleted one, there is nothing to do.
      event.preventDefault()
      event.stopPropagation()
    }
  }

  const copy = (label: string, icon: ReactElement, text: string): MenuEntry => ({
    label,
    icon,
    select: () => void send('copyText', { text }),
  })
  const copying = ({ text, markdown, href }: Picked): MenuEntry[] => [
    copy(t('copyText'), <Copy />, text),
    ...(markdown === null ? [] : [copy(t('copyMarkdown'), <FileCode />, markdown)]),
    ...(href === null ? [] : [copy(t('copyLink'), <LinkIcon />, href)]),
  ]
  const writing = ({ own, sender, senderId }: Message): MenuEntry[] =>
    hasPeople && !own && senderId !== null ? [{ ...writeEntry(room.serverId, senderId), note: sender }] : []
  const deletion = ({ id, own, sender }: Message): MenuEntry => ({
    label: t('delete'),
    icon: <Trash2 />,
    danger: true,
    disabled: !isOnline,
    ...(!isOnline && { note: t('deleteOffline') }),
    select: () => openDialog({ name: 'delete-message', room: room.key, id, sender: own ? null : sender }),
  })
  const entries = picked
    ? [
        ...(desktop ? copying(picked) : []),
        ...unsentEntries(picked.message),
        ...writing(picked.message),
        ...(canDelete && isDeletable(picked.message, role) ? [null, deletion(picked.message)] : []),
      ]
    : []
  return (
    <ContextMenu entries={entries}>
      <div style={{ display: 'contents' }} onContextMenuCapture={pick}>
        {children}
      </div>
    </ContextMenu>
  )
}
