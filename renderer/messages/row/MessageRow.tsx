import { clsx } from 'clsx'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../shared/contract/model.ts'
import { Avatar } from '../../ui/marks/Avatar.tsx'
import { FailureNote } from './FailureNote.tsx'
import styles from './MessageRow.module.css'
import { missingTextOf } from './missing-text.ts'
import { MissingText } from './MissingText.tsx'
import { MessageText } from './MessageText.tsx'
import { SenderMenu } from './SenderMenu.tsx'
import { clockTime, fullTime } from './time.ts'

interface Props {
  message: Message
  /** Whether the sender's face and name stand above the text. */
  leads: boolean
  /** The person's own name, to stand out where it is mentioned. */
  person: string | null
  /** Whether the message was just jumped to. */
  flashed: boolean
}

/** One message. Later ones of a group show their time in the gutter, under the pointer. */
export const MessageRow = ({ message, leads, person, flashed }: Props) => {
  const { i18n } = useTranslation()
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
            <MissingText reason={missing} />
          ) : (
            <MessageText message={message} person={message.mentionsMe ? person : null} />
          )}
          {message.delivery === 'failed' && <FailureNote message={message} />}
        </div>
      </article>
    </div>
  )
}
