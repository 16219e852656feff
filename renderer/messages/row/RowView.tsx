import { memo } from 'react'
import { DayLine } from './DayLine.tsx'
import { MessageRow } from './MessageRow.tsx'
import { NewLine } from './NewLine.tsx'
import { PresenceLine } from './PresenceLine.tsx'
import type { Row } from './rows.ts'

interface Props {
  row: Row
  /** The person's own name, to stand out where it is mentioned. */
  person: string | null
  flashed: boolean
}

/** One line of the list. */
export const RowView = ({ row, person, flashed }: Props) => {
  switch (row.kind) {
    case 'day':
      return <DayLine at={row.at} />
    case 'new':
      return <NewLine />
    case 'presence':
      return <PresenceLine type={row.type} names={row.names} at={row.at} />
    case 'message':
      return <MemoMessageRow message={row.message} leads={row.leads} person={person} flashed={flashed} />
  }
}

const MemoMessageRow = memo(MessageRow)
