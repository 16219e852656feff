import { Plus, X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/forms/Button.tsx'
import { IconButton } from '../../ui/forms/IconButton.tsx'
import { rowsAt, type ListPath } from './edit-draft.ts'
import styles from './profile.module.css'
import { Group } from './Section.tsx'
import { useListError } from './use-field.ts'
import { useProfile } from './use-profile-form.ts'

interface Props {
  at: ListPath
  title: string
  hint?: string
  /** The label of the button that adds a row. */
  add: string
  /** The rows that can't be removed. */
  least?: number
  /** The fields of a row. */
  children: (row: number) => ReactNode
}

/** A list whose rows can be added and removed. A new row gets the focus. */
export const Rows = ({ at, title, hint, add, least = 0, children }: Props) => {
  const { t } = useTranslation('profile')
  const { draft, edit } = useProfile()
  const error = useListError(at)
  const note = useId()
  const list = useRef<HTMLUListElement>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const isAdding = useRef(false)
  const count = rowsAt(draft, at).length
  useEffect(() => {
    if (isAdding.current) list.current?.lastElementChild?.querySelector('input')?.focus()
    isAdding.current = false
  }, [count])
  return (
    <Group title={title} {...(hint !== undefined && { hint })}>
      {count > 0 && (
        <ul className={styles.rows} ref={list}>
          {Array.from({ length: count }, (_, row) => (
            <li key={row} className={styles.row}>
              <div className={styles.cells}>{children(row)}</div>
              {count > least && (
                <IconButton
                  label={t('removeRow', { label: title, number: row + 1 })}
                  onClick={() => {
                    edit({ edit: 'remove', list: at, row })
                    addButton.current?.focus()
                  }}
                >
                  <X />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {error !== null && (
        <p className={styles.bad} id={note} role="alert">
          {error}
        </p>
      )}
      <Button
        ref={addButton}
        variant="quiet"
        size="small"
        className={styles.add}
        aria-describedby={error === null ? undefined : note}
        data-wrong={error === null ? undefined : ''}
        onClick={() => {
          isAdding.current = true
          edit({ edit: 'add', list: at })
        }}
      >
        <Plus />
        {add}
      </Button>
    </Group>
  )
}
