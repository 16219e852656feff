import { compose } from '../../../shared/text/compose.ts'

/**
 * Reads an uncontrolled field: component state that lags behind the field would double Hangul.
 * @returns the field's text, trimmed and in NFC; empty for an unknown field.
 */
export const formText = (form: FormData, field: string): string => {
  const value = form.get(field)
  return typeof value === 'string' ? compose(value).trim() : ''
}
