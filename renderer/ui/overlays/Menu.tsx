import { clsx } from 'clsx'
import { ContextMenu as RadixContext, DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Keys, type KeyName } from '../marks/Keys.tsx'
import styles from './Menu.module.css'

/** One entry of a menu, or null for a rule between entries. */
export type MenuEntry = {
  label: string
  icon?: ReactNode
  keys?: readonly KeyName[]
  danger?: boolean
  disabled?: boolean
  /** Why it is disabled, or whom it affects; may be truncated. */
  note?: string
  select: () => void
} | null

interface Props {
  /** The control that opens the menu. */
  children: ReactElement
  entries: readonly MenuEntry[]
}

interface MenuProps extends Props {
  /** The subject of the entries. */
  title?: string
  align?: 'start' | 'end'
}

type Parts = Pick<typeof Radix, 'Item' | 'Separator'>

const entriesOf = (entries: readonly MenuEntry[], { Item, Separator }: Parts) =>
  entries.map((entry, index) =>
    entry ? (
      <Item
        key={entry.label}
        className={clsx(styles.item, entry.danger && styles.danger)}
        disabled={entry.disabled ?? false}
        onSelect={entry.select}
      >
        {entry.icon}
        <span>{entry.label}</span>
        {entry.note && (
          <small className={styles.note} title={entry.note} dir="auto">
            {entry.note}
          </small>
        )}
        {entry.keys && <Keys of={entry.keys} plain />}
      </Item>
    ) : (
      <Separator key={index} className={styles.rule} />
    ),
  )

// Not modal: Radix's scroll lock injects a <style>, which the content security policy forbids; nothing scrolls behind.

/** A menu that drops from its control. */
export const Menu = ({ children, entries, title, align = 'start' }: MenuProps) => (
  <Radix.Root modal={false}>
    <Radix.Trigger asChild>{children}</Radix.Trigger>
    <Radix.Portal>
      <Radix.Content className={styles.menu} align={align} sideOffset={4} collisionPadding={8} loop>
        {title && (
          <Radix.Label className={styles.title} title={title} dir="auto">
            {title}
          </Radix.Label>
        )}
        {entriesOf(entries, Radix)}
      </Radix.Content>
    </Radix.Portal>
  </Radix.Root>
)

/** A context menu, opened by the secondary button or the menu key; none without entries. */
export const ContextMenu = ({ children, entries }: Props) => (
  <RadixContext.Root modal={false}>
    <RadixContext.Trigger asChild disabled={entries.length === 0}>
      {children}
    </RadixContext.Trigger>
    <RadixContext.Portal>
      <RadixContext.Content className={styles.menu} collisionPadding={8} loop>
        {entriesOf(entries, RadixContext)}
      </RadixContext.Content>
    </RadixContext.Portal>
  </RadixContext.Root>
)
