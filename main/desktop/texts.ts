/** Sentences for what stands outside the window, in the person's language. */
import type { TFunction } from 'i18next'
import type { AppError } from '../../shared/contract/errors.ts'
import type { Language, Settings } from '../../shared/contract/model.ts'
import { createTranslator } from '../../shared/i18n/index.ts'

export interface Texts {
  /** The texts of the namespace `desktop`, in the language that is set at the time of the call. */
  readonly t: TFunction<'desktop'>
  readonly systemLanguage: Language
  /** The language that is set. */
  language(): Language
  /** @returns the sentence of an error. */
  explain(error: AppError): string
  /** Takes the language from the settings. */
  follow(settings: Pick<Settings, 'language'>): void
}

/** @param systemLanguage what the system's language comes down to. */
export const createTexts = (systemLanguage: Language): Texts => {
  const translator = createTranslator(systemLanguage)
  let current = systemLanguage
  return {
    t: translator.getFixedT(null, 'desktop'),
    systemLanguage,
    language: () => current,
    explain: ({ code, params }) => translator.t(code, { ns: 'errors', ...params }),
    follow: ({ language }) => {
      current = language === 'system' ? systemLanguage : language
      void translator.changeLanguage(current)
    },
  }
}
