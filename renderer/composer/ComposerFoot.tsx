import { useTranslation } from 'react-i18next'
import type { RoomKey, SendKey } from '../../shared/contract/model.ts'
import { Keys, type KeyName } from '../ui/Keys.tsx'
import styles from './ComposerFoot.module.css'
import { TypingLine } from './TypingLine.tsx'

const keysOf: Record<SendKey, { send: KeyName[]; lineBreak: KeyName[] }> = {
  enter: { send: ['enter'], lineBreak: ['shift', 'enter'] },
  'mod-enter': { send: ['mod', 'enter'], lineBreak: ['enter'] },
}

interface Props {
  room: RoomKey
  /** Characters beyond what may be sent; 0 where there are none. */
  excess: number
  sendKey: SendKey
}

/** Under the composer: what is wrong with the text, else who is typing, and which keys do what. */
export const ComposerFoot = ({ room, excess, sendKey }: Props) => {
  const { t } = useTranslation('composer')
  const { send, lineBreak } = keysOf[sendKey]
  return (
    <div className={styles.foot}>
      <p className={styles.trouble} role="status">
        {excess > 0 && t('tooLong', { count: excess })}
      </p>
      {excess === 0 && <TypingLine room={room} />}
      <p className={styles.hint} aria-hidden="true">
        <Keys of={send} />
        <span>{t('hintSend')}</span>
        <Keys of={lineBreak} />
        <span>{t('hintBreak')}</span>
      </p>
    </div>
  )
}
