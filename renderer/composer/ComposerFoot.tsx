import { useTranslation } from 'react-i18next'
import type { SendKey } from '../../shared/contract/model.ts'
import { Keys, type KeyName } from '../ui/Keys.tsx'
import styles from './ComposerFoot.module.css'

const keysOf: Record<SendKey, { send: KeyName[]; lineBreak: KeyName[] }> = {
  enter: { send: ['enter'], lineBreak: ['shift', 'enter'] },
  'mod-enter': { send: ['mod', 'enter'], lineBreak: ['enter'] },
}

interface Props {
  /** Characters beyond what may be sent; 0 where there are none. */
  excess: number
  sendKey: SendKey
}

/** Under the composer: what is wrong with the text, and which keys do what. */
export const ComposerFoot = ({ excess, sendKey }: Props) => {
  const { t } = useTranslation('composer')
  const { send, lineBreak } = keysOf[sendKey]
  return (
    <div className={styles.foot}>
      <p className={styles.trouble} role="status">
        {excess > 0 && t('tooLong', { count: excess })}
      </p>
      <p className={styles.hint} aria-hidden="true">
        <Keys of={send} />
        <span>{t('hintSend')}</span>
        <Keys of={lineBreak} />
        <span>{t('hintBreak')}</span>
      </p>
    </div>
  )
}
