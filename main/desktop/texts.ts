/** Sentences outside the window, in the person's language. */
import type { TFunction } from 'i18next'
import type { AppError } from '../../shared/contract/errors.ts'
import type { Language, Settings } from '../../shared/contract/model.ts'
import { createTranslator } from '../../shared/i18n/index.ts'

export interface Texts {
  /** Texts of the namespace `desktop`, in the language set at the time of the call. */
  readonly t: TFunction<'desktop'>
  readonly systemLanguage: Language
  /** The current language. */
  language(): Language
  /** @returns the sentence for an error. */
  explain(error: AppError): string
  /** Applies the language of the settings. */
  follow(settings: Pick<Settings, 'language'>): void
}

/** @param systemLanguage the supported language closest to the system's. */
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
