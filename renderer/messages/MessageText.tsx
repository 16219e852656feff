import { useMemo } from 'react'
import type { Message } from '../../shared/contract/model.ts'
import { segmentsOf } from '../../shared/text/segments.ts'
import { DeliveryMark } from './DeliveryMark.tsx'
import { Link } from './Link.tsx'
import styles from './MessageText.module.css'

interface Props {
  message: Message
  /** The name whose mentions stand out; null for none. */
  person: string | null
}

/** A closing emoji stays with the word before it. */
const closingEmoji = / (?=\p{Extended_Pictographic}\S*$)/u

/** A message's text: text, whatever it holds, but for addresses that can be opened; then the mark of its delivery. */
export const MessageText = ({ message: { content, delivery }, person }: Props) => {
  const segments = useMemo(
    () => segmentsOf(content.replace(closingEmoji, '\u00a0'), person),
    [content, person],
  )
  return (
    <p className={styles.text} data-delivery={delivery ?? undefined}>
      {segments.map((segment, index) => {
        if (segment.kind === 'link')
          return <Link key={index} href={segment.href} text={segment.text} trueHost={segment.trueHost} />
        if (segment.kind === 'mention') {
          return (
            <span key={index} className={styles.mention}>
              {segment.text}
            </span>
          )
        }
        return segment.text
      })}
      {delivery && delivery !== 'failed' && (
        <>
          {'\u00a0'}
          <DeliveryMark delivery={delivery} />
        </>
      )}
    </p>
  )
}
