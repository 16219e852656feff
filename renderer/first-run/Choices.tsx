import { Link, Server } from 'lucide-react'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppError } from '../../shared/contract/errors.ts'
import { useErrorText } from '../i18n/use-error-text.ts'
import { Keys } from '../ui/marks/Keys.tsx'
import { Mark } from '../ui/marks/Mark.tsx'
import { Notice } from '../ui/layout/Notice.tsx'
import styles from './Choices.module.css'

interface Props {
  /** Null if this window can't host. */
  onHost: (() => void) | null
  onJoin: () => void
  onConnect: () => void
  hosting: boolean
  error: AppError | null
}

/** The ways to start; also with the keys 1 to 3, unless the person is typing. */
export const Choices = ({ onHost, onJoin, onConnect, hosting, error }: Props) => {
  const { t } = useTranslation('firstRun')
  const errorText = useErrorText()
  const first = useRef<HTMLButtonElement>(null)
  const second = useRef<HTMLButtonElement>(null)
  const third = useRef<HTMLButtonElement>(null)
  useDigits(first, second, third)
  return (
    <div className={styles.choices}>
      {onHost && (
        <Choice
          button={first}
          icon={<Mark />}
          title={t('host')}
          text={t(hosting ? 'hosting' : 'hostText')}
          digit="1"
          disabled={hosting}
          onClick={onHost}
        />
      )}
      {error && <Notice>{errorText(error)}</Notice>}
      <Choice
        button={second}
        icon={<Link />}
        title={t('join')}
        text={t('joinText')}
        digit="2"
        disabled={hosting}
        onClick={onJoin}
      />
      <Choice
        button={third}
        icon={<Server />}
        title={t('connect')}
        text={t('connectText')}
        digit="3"
        disabled={hosting}
        onClick={onConnect}
      />
    </div>
  )
}

interface ChoiceProps {
  button: RefObject<HTMLButtonElement | null>
  icon: ReactNode
  title: string
  text: string
  digit: string
  disabled: boolean
  onClick: () => void
}

const Choice = ({ button, icon, title, text, digit, disabled, onClick }: ChoiceProps) => (
  <button type="button" ref={button} className={styles.choice} disabled={disabled} onClick={onClick}>
    <span className={styles.icon}>{icon}</span>
    <span className={styles.words}>
      <b>{title}</b>
      <span>{text}</span>
    </span>
    <Keys of={[digit]} />
  </button>
)

/** Makes the digit keys press the buttons in order. */
const useDigits = (...buttons: RefObject<HTMLButtonElement | null>[]): void => {
  const latest = useRef(buttons)
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
      latest.current[Number(event.key) - 1]?.current?.click()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
