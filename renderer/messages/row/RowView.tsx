import { memo } from 'react'
import { DayLine } from './DayLine.tsx'
import { MessageRow } from './MessageRow.tsx'
import { NewLine } from './NewLine.tsx'
import { PresenceLine } from './PresenceLine.tsx'
import type { Row } from './rows.ts'
import styles from './RowView.module.css'

interface Props {
  row: Row
  /** Whether no row comes before it. */
  isFirst: boolean
  /** The person's own name, to stand out where it is mentioned. */
  person: string | null
  flashed: boolean
}

/** One line of the list: an element whose height is all that it takes of the list. */
export const RowView = memo(({ row, isFirst, person, flashed }: Props) => (
  <div className={styles.row} data-first={isFirst || undefined}>
    <Line row={row} person={person} flashed={flashed} />
  </div>
))
RowView.displayName = 'RowView'

const Line = ({ row, person, flashed }: Omit<Props, 'isFirst'>) => {
  switch (row.kind) {
    case 'day':
      return <DayLine at={row.at} />
    case 'new':
      return <NewLine />
    case 'presence':
      return <PresenceLine type={row.type} names={row.names} at={row.at} />
    case 'message':
      return <MessageRow message={row.message} leads={row.leads} person={person} flashed={flashed} />
  }
}
