import { Copy, Link as LinkIcon } from 'lucide-react'
import { useState, type MouseEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../shared/contract/model.ts'
import { ContextMenu, type MenuEntry } from '../ui/Menu.tsx'
import { useSend } from '../use-store.ts'

interface Props {
  messages: readonly Message[]
  /** The list. */
  children: ReactElement
}

/** What was under the pointer when the menu was asked for. */
interface Picked {
  text: string
  href: string | null
}

/** The menu of the message under the pointer: one menu for all of them. */
export const MessageMenu = ({ messages, children }: Props) => {
  const { t } = useTranslation('messages')
  const send = useSend()
  const [picked, setPicked] = useState<Picked | null>(null)

  const pick = (event: MouseEvent): void => {
    const at = event.target instanceof Element ? event.target : null
    const id = at?.closest<HTMLElement>('[data-message]')?.dataset.message
    const message = messages.find(candidate => candidate.id === id)
    if (message) {
      const selected = getSelection()?.toString() ?? ''
      setPicked({ text: selected || message.content, href: at?.closest('a')?.href ?? null })
    } else {
      // Between the messages there is nothing to do.
      event.preventDefault()
      event.stopPropagation()
    }
  }

  const copy = (label: string, icon: ReactElement, text: string): MenuEntry => ({
    label,
    icon,
    select: () => void send('copyText', { text }),
  })
  const entries = picked
    ? [
        copy(t('copyText'), <Copy />, picked.text),
        ...(picked.href === null ? [] : [copy(t('copyLink'), <LinkIcon />, picked.href)]),
      ]
    : []
  return (
    <div style={{ display: 'contents' }} onContextMenuCapture={pick}>
      <ContextMenu entries={entries}>{children}</ContextMenu>
    </div>
  )
}
