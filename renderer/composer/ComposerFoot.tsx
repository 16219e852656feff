import { useTranslation } from 'react-i18next'
import { maxContentLength, maxDraftLength } from '../../shared/contract/messenger-commands.ts'
import type { RoomKey, SendKey } from '../../shared/contract/model.ts'
import { Keys, type KeyName } from '../ui/marks/Keys.tsx'
import { surfaceOf } from '../store/surface.ts'
import { useStore } from '../store/use-store.ts'
import styles from './ComposerFoot.module.css'
import { countFrom } from './content.ts'
import { FormatBar } from './FormatBar.tsx'
import type { Format } from './formatting.ts'
import { TypingLine } from './TypingLine.tsx'

const keysOf: Record<SendKey, { send: KeyName[]; lineBreak: KeyName[] }> = {
  enter: { send: ['enter'], lineBreak: ['shift', 'enter'] },
  'mod-enter': { send: ['mod', 'enter'], lineBreak: ['enter'] },
}

interface Props {
  room: RoomKey
  /** {@link coarseLength} of the text in the field. */
  length: number
  /** Formats what is selected in the field. */
  format: (format: Format) => void
}

/** The line under the composer: the length of a long text, otherwise the people who are typing; and the keys. */
export const ComposerFoot = ({ room, length, format }: Props) => {
  const { t, i18n } = useTranslation('composer')
  const { send, lineBreak } = keysOf[useStore(state => surfaceOf(state).sendKey)]
  const excess = Math.max(0, length - maxContentLength)
  const counted = (count: number): string => count.toLocaleString(i18n.language)
  return (
    <div className={styles.foot}>
      <p className={styles.trouble} role="status">
        {length > maxDraftLength
          ? t('tooLongToKeep', { most: counted(maxDraftLength) })
          : excess > 0 && t('tooLong', { count: excess })}
      </p>
      {length < countFrom && <TypingLine room={room} />}
      {length >= countFrom && (
        <p className={styles.length}>
          {t('length', { length: counted(length), most: counted(maxContentLength) })}
        </p>
      )}
      <FormatBar format={format} />
      <p className={styles.hint} aria-hidden="true">
        <Keys of={send} />
        <span>{t('hintSend')}</span>
        <Keys of={lineBreak} />
        <span>{t('hintBreak')}</span>
      </p>
    </div>
  )
}
