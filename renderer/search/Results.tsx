import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../shared/contract/model.ts'
import { dayTick } from '../messages/time.ts'
import { useNow } from '../use-now.ts'
import { HitRow } from './HitRow.tsx'
import type { Sought } from './marks.ts'
import styles from './Results.module.css'

interface Props {
  hits: readonly SearchHit[]
  sought: Sought
  /** Index of the hit that Enter opens. */
  active: number
  choose: (index: number) => void
  open: (index: number) => void
  /** Called as the reader comes near the last hit. */
  atEnd: () => void
}

export const resultsId = 'search-results'
/** @returns the element id of the hit at `index`. */
export const optionId = (index: number): string => `${resultsId}-${index}`

/** Distance from the end at which more hits are asked for, in px. */
const approach = 600

/** What was found, newest first. */
export const Results = ({ hits, sought, active, choose, open, atEnd }: Props) => {
  const { t } = useTranslation('search')
  const now = useNow(dayTick)
  useEffect(() => {
    document.getElementById(optionId(active))?.scrollIntoView({ block: 'nearest' })
  }, [active, sought])
  return (
    <div
      id={resultsId}
      className={styles.results}
      role="listbox"
      aria-label={t('results')}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        if (scrollHeight - scrollTop - clientHeight < approach) atEnd()
      }}
    >
      {hits.map((hit, index) => (
        <HitRow
          key={`${hit.message.room}\n${hit.message.id}`}
          id={optionId(index)}
          hit={hit}
          sought={sought}
          now={now}
          isActive={index === active}
          choose={() => choose(index)}
          open={() => open(index)}
        />
      ))}
    </div>
  )
}
