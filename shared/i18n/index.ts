/** Every sentence that a person can read, in every language; for the window, the menus and the command line alike. */
import { createInstance, type i18n } from 'i18next'
import type { Language } from '../contract/model.ts'
import { en } from './en/index.ts'
import { ko } from './ko/index.ts'
import { isolate } from '../text/isolate.ts'

export const languages = ['en', 'ko'] as const satisfies readonly Language[]

/** @returns the language that a locale such as `ko-KR` comes down to. */
export const languageOf = (locale: string): Language => (/^ko(-|$)/i.test(locale) ? 'ko' : 'en')

/**
 * @param medium where its sentences are read. On a screen, text that is put into a sentence can't turn the rest of it around; a terminal
 *   gets the bare text, for most terminals don't reorder anything. `{{- name}}` in a sentence is the bare text, for a
 *   sentence that becomes a name itself.
 * @returns a translator of its own, ready at once. Nothing is escaped: React and the menus take it as text.
 */
export const createTranslator = (language: Language, medium: 'screen' | 'terminal' = 'screen'): i18n => {
  const translator = createInstance()
  void translator.init({
    lng: language,
    fallbackLng: 'en',
    initAsync: false,
    ns: Object.keys(en),
    defaultNS: 'common',
    resources: { en, ko },
    interpolation: { escapeValue: medium === 'screen', escape: isolate },
  })
  return translator
}
