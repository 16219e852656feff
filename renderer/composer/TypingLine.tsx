import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { NamedSentence } from '../i18n/NamedSentence.tsx'
import styles from './TypingLine.module.css'
import { useTyping } from './use-typing.ts'

/** Who else is typing in the room. Its place is there while nobody is. */
export const TypingLine = ({ room }: { room: RoomKey }) => {
  const { t } = useTranslation('composer')
  const names = useTyping(room)
  return (
    <p className={styles.typing}>
      {names.length > 0 && (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span className={styles.sentence}>
            <NamedSentence names={names} of={(form, two) => t(`typing${form}`, two)} />
          </span>
        </>
      )}
    </p>
  )
}
