import { compose } from '../../../shared/text/compose.ts'

/**
 * Forms keep their text in the page, not in the state of a component: a state that lags behind doubles Hangul.
 * @returns the text of a form's field, trimmed and in NFC; empty where there is no such field.
 */
export const formText = (form: FormData, field: string): string => {
  const value = form.get(field)
  return typeof value === 'string' ? compose(value).trim() : ''
}
