/** The values of a server form. */
import type { Invite } from '../../shared/contract/invite.ts'
import { fingerprintSchema, type ServerProfile } from '../../shared/contract/model.ts'
import { formText } from '../ui/forms/form-text.ts'
import { nameOfAddress } from './address.ts'

export interface ServerFields extends Omit<
  ServerProfile,
  'id' | 'own' | 'enabled' | 'kind' | 'features' | 'hasPasscode' | 'keptSecrets'
> {
  /** Undefined keeps the saved one, null removes it. */
  passcode: string | null | undefined
  /** The secrets that were typed, by their names in the key store. */
  secrets: Record<string, string>
}

/** An invalid field beside those of the profile. */
export type InvalidField = 'url' | 'fingerprint'

/**
 * @param kept whether a passcode is saved, which an empty field keeps.
 * @returns the values, or the first invalid field. The messenger completes and checks the address.
 */
export const readServerFields = (
  form: FormData,
  kept: boolean,
  { profile, secrets }: Pick<ServerFields, 'profile' | 'secrets'>,
): ServerFields | InvalidField => {
  const url = formText(form, 'url')
  const fingerprint = fingerprintSchema.nullable().safeParse(formText(form, 'fingerprint') || null)
  if (url === '') return 'url'
  if (!fingerprint.success) return 'fingerprint'
  return {
    name: formText(form, 'name') || nameOfAddress(url),
    url,
    fingerprint: fingerprint.data,
    profile,
    secrets,
    passcode: formText(form, 'passcode') || (kept ? undefined : null),
  }
}

/** Fills the fields from an invitation, and focuses the first missing one. */
export const fillServerFields = (
  form: HTMLFormElement,
  { url, passcode, fingerprint, name }: Invite,
): void => {
  const input = (field: 'url' | 'name' | 'passcode' | 'fingerprint'): HTMLInputElement | null =>
    form.querySelector<HTMLInputElement>(`input[name=${field}]`)
  const filled = { url, passcode: passcode ?? '', fingerprint: fingerprint ?? '' }
  for (const field of ['url', 'passcode', 'fingerprint'] as const) {
    const one = input(field)
    if (one) one.value = filled[field]
  }
  const own = input('name')
  if (own?.value === '') own.value = name ?? ''
  if (passcode === null) input('passcode')?.focus()
  else form.querySelector<HTMLButtonElement>('button[type=submit]')?.focus()
}
