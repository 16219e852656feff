import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { maxQueryLength } from '../../shared/contract/messenger-commands.ts'
import { IconButton } from '../ui/forms/IconButton.tsx'
import { useStore } from '../store/use-store.ts'
import { optionId, resultsId } from './Results.tsx'
import styles from './SearchField.module.css'

interface Props {
  /** Called with the text, and whether an input method is composing. */
  typed: (text: string, composing: boolean) => void
  close: () => void
  /** The hit that Enter opens, or null. */
  active: number | null
}

/** The head of the search. The field is uncontrolled, so that input methods are not disturbed. */
export const SearchField = ({ typed, close, active }: Props) => {
  const { t } = useTranslation('search')
  const field = useRef<HTMLInputElement>(null)
  // A new object for each request to search, even while the search is open.
  const asked = useStore(state => state.search)
  useEffect(() => field.current?.focus(), [asked])
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{t('label')}</h1>
      <div className={styles.box}>
        <Search aria-hidden="true" />
        <input
          ref={field}
          className={styles.field}
          dir="auto"
          type="text"
          role="combobox"
          aria-label={t('label')}
          aria-expanded={active !== null}
          aria-controls={resultsId}
          aria-activedescendant={active === null ? undefined : optionId(active)}
          aria-autocomplete="list"
          placeholder={t('placeholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={maxQueryLength}
          onInput={event => typed(event.currentTarget.value, isComposingInput(event.nativeEvent))}
          onCompositionEnd={event => typed(event.currentTarget.value, false)}
        />
        <IconButton
          className={styles.clear}
          label={t('clear')}
          size="small"
          onClick={() => {
            if (field.current) field.current.value = ''
            field.current?.focus()
            typed('', false)
          }}
        >
          <X />
        </IconButton>
      </div>
      <IconButton label={t('close')} keys={['esc']} onClick={close}>
        <X />
      </IconButton>
    </header>
  )
}

const isComposingInput = (event: Event): boolean => event instanceof InputEvent && event.isComposing
