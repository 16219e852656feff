import { useEffect, useMemo, type ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { createTranslator } from '../../shared/i18n/index.ts'
import { languageOfWindow } from '../store/surface.ts'
import { useStore } from '../store/use-store.ts'

/** Provides the sentences in the window's language, and sets the page's `lang`. */
export const LanguageProvider = ({ children }: { children: ReactNode }) => {
  const language = useStore(languageOfWindow)
  const translator = useMemo(() => createTranslator(language), [language])
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  return <I18nextProvider i18n={translator}>{children}</I18nextProvider>
}
