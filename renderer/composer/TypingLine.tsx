import { useTranslation } from 'react-i18next'
import type { RoomKey } from '../../shared/contract/model.ts'
import { NamedSentence } from '../i18n/NamedSentence.tsx'
import { useStore } from '../store/use-store.ts'
import styles from './TypingLine.module.css'

const nobody: readonly string[] = []

/** Names the others who are typing in the room. It keeps its height while nobody types, so that nothing moves. */
export const TypingLine = ({ room }: { room: RoomKey }) => {
  const { t } = useTranslation('composer')
  const names = useStore(({ typing }) => (typing?.room === room ? typing.names : nobody))
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
