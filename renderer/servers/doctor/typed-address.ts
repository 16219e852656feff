/** The fields of a form that decide how a server is reached. */
import { fingerprintSchema } from '../../../shared/contract/model.ts'
import { formText } from '../../ui/forms/form-text.ts'

export interface TypedAddress {
  url: string
  /** Null for none, or an invalid one. */
  fingerprint: string | null
}

/** @returns what is typed now. */
export const readTypedAddress = (form: HTMLFormElement | null): TypedAddress => {
  const fields = new FormData(form ?? undefined)
  const fingerprint = fingerprintSchema.safeParse(formText(fields, 'fingerprint'))
  return { url: formText(fields, 'url'), fingerprint: fingerprint.data ?? null }
}

/** Fills the fields in. */
export const fillTypedAddress = (form: HTMLFormElement | null, change: Partial<TypedAddress>): void => {
  for (const [name, value] of Object.entries(change)) {
    const input = form?.querySelector<HTMLInputElement>(`input[name=${name}]`)
    if (input) input.value = value ?? ''
  }
}

/** Focuses the button that sends the form. */
export const focusSubmit = (form: HTMLFormElement | null): void =>
  form?.querySelector<HTMLButtonElement>('button[type=submit]')?.focus()
