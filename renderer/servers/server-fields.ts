/** The values of a server form. */
import type { Invite } from '../../shared/contract/invite.ts'
import { fingerprintSchema, timeZoneSchema, type ServerProfile } from '../../shared/contract/model.ts'
import { formText } from '../ui/forms/form-text.ts'
import { nameOfAddress } from './address.ts'

export interface ServerFields extends Omit<
  ServerProfile,
  'id' | 'own' | 'enabled' | 'kind' | 'features' | 'hasPasscode'
> {
  /** Undefined keeps the saved one, null removes it. */
  passcode: string | null | undefined
}

export const templateFields = ['subscribeTemplate', 'publishTemplate'] as const

/** An invalid field. */
export type InvalidField = 'url' | 'fingerprint' | 'timeZone' | (typeof templateFields)[number]

/**
 * @param kept whether a passcode is saved, which an empty field keeps.
 * @returns the values, or the first invalid field. The messenger completes and checks the address.
 */
export const readServerFields = (form: FormData, kept: boolean): ServerFields | InvalidField => {
  const text = (field: Exclude<keyof ServerFields, 'passcode'>): string => formText(form, field)
  const url = text('url')
  const fingerprint = fingerprintSchema.nullable().safeParse(text('fingerprint') || null)
  if (url === '') return 'url'
  const badTemplate = templateFields.find(field => !text(field).includes('{roomId}'))
  if (badTemplate) return badTemplate
  if (!fingerprint.success) return 'fingerprint'
  const timeZone = timeZoneSchema.nullable().safeParse(text('timeZone') || null)
  if (!timeZone.success) return 'timeZone'
  return {
    name: text('name') || nameOfAddress(url),
    url,
    login: text('login') || null,
    virtualHost: text('virtualHost') || null,
    subscribeTemplate: text('subscribeTemplate'),
    publishTemplate: text('publishTemplate'),
    fingerprint: fingerprint.data,
    timeZone: timeZone.data,
    passcode: formText(form, 'passcode') || (kept ? undefined : null),
  }
}

/** Fills the fields from an invitation, and focuses the first missing one. */
export const fillServerFields = (
  form: HTMLFormElement,
  { url, passcode, fingerprint, name }: Invite,
): void => {
  const input = (field: keyof ServerFields): HTMLInputElement | null =>
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
