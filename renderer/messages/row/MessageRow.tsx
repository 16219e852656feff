import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../shared/contract/model.ts'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { MessageText } from '../text/MessageText.tsx'
import { DeliveryMark } from './DeliveryMark.tsx'
import { FailureNote } from './FailureNote.tsx'
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
            <MessageText
              id={message.id}
              content={message.content}
              person={message.mentionsMe ? person : null}
              isSought={flashed}
              isQueued={message.delivery === 'queued'}
              end={<Delivery message={message} />}
            />
          )}
          {isUnsettled(message) && <FailureNote message={message} />}
        </div>
      </article>
    </div>
  )
}

/** The mark of an own message's delivery, joined to its last word. */
const Delivery = ({ message }: { message: Message }) => {
  const { delivery } = message
  if (!delivery || delivery === 'failed' || isUnsettled(message)) return null
  return (
    <span className={styles.delivery}>
      <DeliveryMark delivery={delivery} />
    </span>
  )
}
