import type { Session } from 'electron'
import type { Language } from '../../shared/contract/model.ts'

const dictionaries: Readonly<Record<Language, string[]>> = { en: ['en-US'], ko: ['ko', 'en-US'] }

/** Sets the languages of the spell checker; macOS detects the language by itself. */
export const checkSpelling = (session: Session, language: Language): void => {
  if (process.platform === 'darwin') return
  const offered = new Set(session.availableSpellCheckerLanguages)
  session.setSpellCheckerLanguages(dictionaries[language].filter(code => offered.has(code)))
}
