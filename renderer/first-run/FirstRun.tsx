import { Languages } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import icon from '../../resources/app-icon.svg'
import { compose } from '../../shared/text/compose.ts'
import { hasDesktop, languageOfWindow } from '../store/surface.ts'
import { JoinForm } from '../servers/JoinForm.tsx'
import { NewServerForm } from '../servers/NewServerForm.tsx'
import { TitleBar } from '../shell/TitleBar.tsx'
import { Button } from '../ui/forms/Button.tsx'
import { Field } from '../ui/forms/Field.tsx'
import { ToastView } from '../ui/overlays/ToastView.tsx'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'
import { Choices } from './Choices.tsx'
import { useBeginnings } from './use-beginnings.ts'
import styles from './FirstRun.module.css'

/** The first screen: the person's name, and how to start. */
export const FirstRun = () => {
  const { t } = useTranslation(['firstRun', 'servers', 'common'])
  const person = useStore(state => state.person?.name ?? '')
  const desktop = useStore(hasDesktop)
  const nameInput = useRef<HTMLInputElement>(null)
  const [nameMissing, setNameMissing] = useState(false)
  const { host, join, connect, hosting, error } = useBeginnings()
  const { openDialog, closeDialog, typedInDialog } = useMessenger().store.getState()
  /** Which form is open: the same as the dialogs of the window, so that an invitation that is opened meanwhile waits for them alike. */
  const form = useStore(state => state.dialog)

  /** Continues with the name, or asks for it. */
  const withName = (go: (name: string) => void): void => {
    const name = compose(nameInput.current?.value ?? '').trim()
    setNameMissing(name === '')
    if (name === '') nameInput.current?.focus()
    else go(name)
  }

  /** Runs a form's action with the name; the form waits for it. */
  const inForm = async (go: (name: string) => Promise<void>): Promise<void> => {
    const going: Promise<void>[] = []
    withName(name => going.push(go(name)))
    await Promise.all(going)
  }
  const back = <Button onClick={closeDialog}>{t('common:back')}</Button>

  return (
    <div className={styles.window}>
      <TitleBar />
      <div className={styles.welcome}>
        <Motto />
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
          {form?.name === 'join' && (
            <>
              <h2 className={styles.begin}>{t('join')}</h2>
              <JoinForm
                key={form.link}
                link={form.link}
                onTyped={typedInDialog}
                onJoin={(invite, accepts) => inForm(name => join(name, invite, accepts))}
              >
                {back}
              </JoinForm>
            </>
          )}
          {form?.name === 'add-server' && (
            <>
              <h2 className={styles.begin}>{t('connect')}</h2>
              <NewServerForm onSubmit={(fields, accepts) => inForm(name => connect(name, fields, accepts))}>
                {back}
              </NewServerForm>
            </>
          )}
          {!form && (
            <>
              <h2 className={styles.begin}>{t('begin')}</h2>
              <Choices
                hosting={hosting}
                error={error}
                onHost={desktop ? () => withName(name => void host(name)) : null}
                onJoin={() => withName(() => openDialog({ name: 'join', link: '' }))}
                onConnect={() => withName(() => openDialog({ name: 'add-server' }))}
              />
            </>
          )}
          {desktop && <OtherLanguage />}
        </main>
        <ToastView />
      </div>
    </div>
  )
}

/** The picture, and what Stompbox is. */
const Motto = () => {
  const { t } = useTranslation('firstRun')
  const id = useId()
  return (
    <section className={styles.art} aria-labelledby={id}>
      <div className={styles.chain}>
        <Cable path="M0 4C46 4 38 43.5 100 43.5" />
        <img src={icon} alt="" width="184" height="184" />
        <Cable path="M0 43.5C62 43.5 50 88 100 88" />
      </div>
      <h1 id={id}>{t('motto')}</h1>
      <p>{t('mottoText')}</p>
    </section>
  )
}

const Cable = ({ path }: { path: string }) => (
  <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
    <path d={path} />
  </svg>
)

/** Offers the other language, in that language. */
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
