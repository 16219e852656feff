import { useMemo } from 'react'
import type { Message } from '../../../shared/contract/model.ts'
import { segmentsOf } from '../../../shared/text/segments.ts'
import { DeliveryMark } from './DeliveryMark.tsx'
import { Link } from './Link.tsx'
import styles from './MessageText.module.css'

interface Props {
  message: Message
  /** The name whose mentions stand out; null for none. */
  person: string | null
}

/** A space and what follows it, where that begins with an emoji and is short enough for one line. */
const closingEmoji = / \p{Extended_Pictographic}\S{0,15}$/u

/** The end of a text: a closing emoji stays with the word before it. The characters are as they were typed, so that they can be copied. */
const Ending = ({ text }: { text: string }) => {
  const at = text.search(closingEmoji)
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <span className={styles.joined}>{text.slice(at)}</span>
    </>
  )
}

/**
 * A message's text: text, whatever it holds, but for addresses that can be opened; then the mark of its delivery. Its text nodes are exactly
 * the text.
 */
export const MessageText = ({ message: { content, delivery }, person }: Props) => {
  const segments = useMemo(() => segmentsOf(content, person), [content, person])
  return (
    <p className={styles.text} dir="auto" data-delivery={delivery ?? undefined}>
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
        return index === segments.length - 1 ? <Ending key={index} text={segment.text} /> : segment.text
      })}
      {delivery && delivery !== 'failed' && (
        <span className={styles.delivery}>
          <DeliveryMark delivery={delivery} />
        </span>
      )}
    </p>
  )
}
