import { clsx } from 'clsx'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../shared/contract/model.ts'
import { segmentsOf } from '../../../shared/text/segments.ts'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { DeliveryMark } from './DeliveryMark.tsx'
import { FailureNote } from './FailureNote.tsx'
import { Link } from './Link.tsx'
import styles from './MessageRow.module.css'
import { isUnsettled, missingTextOf } from './rows.ts'
import { SenderMenu } from './SenderMenu.tsx'
import { clockTime, fullTime } from './time.ts'

interface Props {
  message: Message
  /** Whether the sender's face and name stand above the text. */
  leads: boolean
  /** The person's own name, highlighted in mentions. */
  person: string | null
  /** Whether the message was just jumped to. */
  flashed: boolean
}

/** One message. Later ones of a group show their time in the gutter, under the pointer. */
export const MessageRow = ({ message, leads, person, flashed }: Props) => {
  const { t, i18n } = useTranslation('messages')
  const missing = missingTextOf(message.type)
  const time = (
    <time dateTime={new Date(message.sentAt).toISOString()} title={fullTime(i18n.language, message.sentAt)}>
      {clockTime(i18n.language, message.sentAt)}
    </time>
  )
  return (
    <div className={clsx(leads && styles.lead)}>
      <article
        className={styles.message}
        tabIndex={-1}
        data-message={message.id}
        data-mention={message.mentionsMe || undefined}
        data-delivery={message.delivery ?? undefined}
        data-flashed={flashed || undefined}
      >
        <div className={styles.gutter}>
          {leads ? (
            <SenderMenu message={message}>
              <Avatar name={message.sender} />
            </SenderMenu>
          ) : (
            time
          )}
        </div>
        <div className={styles.main}>
          {leads && (
            <header className={styles.head}>
              <SenderMenu message={message}>
                <b className={styles.name} title={message.sender} dir="auto">
                  {message.sender}
                </b>
              </SenderMenu>
              {time}
            </header>
          )}
          {missing ? (
            <p className={styles.missing}>{t(missing)}</p>
          ) : (
            <MessageText message={message} person={message.mentionsMe ? person : null} />
          )}
          {isUnsettled(message) && <FailureNote message={message} />}
        </div>
      </article>
    </div>
  )
}

interface TextProps {
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
 * A message's text: always plain text, except that addresses can be opened; then the mark of its delivery. Its text nodes are exactly
 * the text.
 */
const MessageText = ({ message, person }: TextProps) => {
  const { content, delivery } = message
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
      {delivery && delivery !== 'failed' && !isUnsettled(message) && (
        <span className={styles.delivery}>
          <DeliveryMark delivery={delivery} />
        </span>
      )}
    </p>
  )
}
