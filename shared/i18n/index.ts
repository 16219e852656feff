/** Every sentence that a person can read, in every language; for the window, the menus and the command line alike. */
import { createInstance, type i18n } from 'i18next'
import type { Language } from '../contract/model.ts'
import { en } from './en/index.ts'
import { ko } from './ko/index.ts'

export const languages = ['en', 'ko'] as const satisfies readonly Language[]

/** @returns the language that a locale such as `ko-KR` comes down to. */
export const languageOf = (locale: string): Language => (/^ko(-|$)/i.test(locale) ? 'ko' : 'en')

/** @returns a translator of its own, ready at once. Text is not escaped: React and the menus take it as text. */
export const createTranslator = (language: Language): i18n => {
  const translator = createInstance()
  void translator.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    ns: Object.keys(en),
    defaultNS: 'common',
    resources: { en, ko },
    interpolation: { escapeValue: false },
  })
  return translator
}
