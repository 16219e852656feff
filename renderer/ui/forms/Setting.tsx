import { useId, type ReactNode } from 'react'
import styles from './Setting.module.css'

interface Props {
  name: string
  text?: string
  /** The control, labelled and described by the words. */
  children: (ids: { name: string; text: string }) => ReactNode
}

/** One setting: words on the left, its control on the right. */
export const Setting = ({ name, text, children }: Props) => {
  const id = useId()
  const ids = { name: `${id}-name`, text: `${id}-text` }
  return (
    <div className={styles.setting}>
      <span className={styles.words}>
        <b id={ids.name}>{name}</b>
        {text && <span id={ids.text}>{text}</span>}
      </span>
      {children(ids)}
    </div>
  )
}
