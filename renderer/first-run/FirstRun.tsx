import { Languages } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import icon from '../../resources/app-icon.svg'
import { languageOfWindow } from '../i18n/LanguageProvider.tsx'
import { ServerForm } from '../servers/ServerForm.tsx'
import { TitleBar } from '../shell/TitleBar.tsx'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { useSend, useStore } from '../use-store.ts'
import { Choices } from './Choices.tsx'
import { useBeginnings } from './use-beginnings.ts'
import styles from './FirstRun.module.css'

/** The first screen: a name, and how to begin. */
export const FirstRun = () => {
  const { t } = useTranslation(['firstRun', 'servers', 'common'])
  const person = useStore(state => state.person?.name ?? '')
  const nameInput = useRef<HTMLInputElement>(null)
  const [nameMissing, setNameMissing] = useState(false)
  const [connecting, setConnecting] = useState(false)
  const { host, connect, hosting, error } = useBeginnings()

  /** Goes on with the name, or asks for it. */
  const withName = (go: (name: string) => void): void => {
    const name = (nameInput.current?.value ?? '').normalize('NFC').trim()
    setNameMissing(name === '')
    if (name === '') nameInput.current?.focus()
    else go(name)
  }

  return (
    <div className={styles.window}>
      <TitleBar />
      <div className={styles.welcome}>
        <section className={styles.art}>
          <div className={styles.chain}>
            <Cable path="M0 4C46 4 38 43.5 100 43.5" />
            <img src={icon} alt="" width="184" height="184" />
            <Cable path="M0 43.5C62 43.5 50 88 100 88" />
          </div>
          <h1>{t('motto')}</h1>
          <p>{t('mottoText')}</p>
        </section>
        <main className={styles.form}>
          <Field
            ref={nameInput}
            label={t('name')}
            hint={t('nameHint')}
            error={nameMissing ? t('nameMissing') : null}
            defaultValue={person}
            maxLength={64}
            autoFocus={person === ''}
            onInput={() => setNameMissing(false)}
          />
          {connecting ? (
            <>
              <h2 className={styles.begin}>{t('connect')}</h2>
              <ServerForm
                submitLabel={t('servers:addSubmit')}
                onSubmit={async fields => {
                  const connected: Promise<void>[] = []
                  withName(name => connected.push(connect(name, fields)))
                  await Promise.all(connected)
                }}
              >
                <Button onClick={() => setConnecting(false)}>{t('common:back')}</Button>
              </ServerForm>
            </>
          ) : (
            <>
              <h2 className={styles.begin}>{t('begin')}</h2>
              <Choices
                hosting={hosting}
                error={error}
                onHost={() => withName(name => void host(name))}
                onConnect={() => withName(() => setConnecting(true))}
              />
            </>
          )}
          <OtherLanguage />
        </main>
      </div>
    </div>
  )
}

const Cable = ({ path }: { path: string }) => (
  <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    <path d={path} />
  </svg>
)

/** Says in the other language that it is there. */
const OtherLanguage = () => {
  const { t } = useTranslation('firstRun')
  const send = useSend()
  const language = useStore(languageOfWindow)
  const other = language === 'ko' ? 'en' : 'ko'
  return (
    <Button
      variant="quiet"
      className={styles.language}
      lang={other}
      onClick={() => void send('updateSettings', { language: other })}
    >
      <Languages />
      {t('otherLanguage')}
    </Button>
  )
}
