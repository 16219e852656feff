/** The values of a server form. */
import type { Invite } from '../../shared/contract/invite.ts'
import { fingerprintSchema, type ServerProfile } from '../../shared/contract/model.ts'
import { profileIssues, profileOf, type Profile } from '../../shared/contract/profile.ts'
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

/** The fields of the form that belong to the profile, by their place in it. */
const profileFields = {
  'connect.login': 'login',
  'connect.virtualHost': 'virtualHost',
  'rooms.subscribe.0': 'subscribeTemplate',
  'rooms.send': 'publishTemplate',
  'body.timeZone': 'timeZone',
} as const
type ProfileField = (typeof profileFields)[keyof typeof profileFields]
const isInForm = (path: string): path is keyof typeof profileFields => Object.hasOwn(profileFields, path)

/** An invalid field. */
export type InvalidField = 'url' | 'fingerprint' | ProfileField

/** @returns the invalid field of the form; null if the profile is sound. */
const invalidProfileField = (profile: Profile): ProfileField | null => {
  const [path] = profileIssues(profile).map(issue => issue.path.join('.'))
  if (path === undefined) return null
  return isInForm(path) ? profileFields[path] : 'subscribeTemplate'
}

/**
 * @param before the profile of the edited server, whose other fields stay.
 * @param kept whether a passcode is saved, which an empty field keeps.
 * @returns the values, or the first invalid field. The messenger completes and checks the address.
 */
export const readServerFields = (
  form: FormData,
  kept: boolean,
  before: Profile = profileOf(),
): ServerFields | InvalidField => {
  const text = (field: InvalidField | 'name'): string => formText(form, field)
  const url = text('url')
  const fingerprint = fingerprintSchema.nullable().safeParse(text('fingerprint') || null)
  if (url === '') return 'url'
  const profile = {
    ...before,
    connect: { ...before.connect, login: text('login') || null, virtualHost: text('virtualHost') || null },
    rooms: {
      ...before.rooms,
      subscribe: [text('subscribeTemplate'), ...before.rooms.subscribe.slice(1)],
      send: text('publishTemplate'),
    },
    body: { ...before.body, timeZone: text('timeZone') || null },
  }
  const invalid = invalidProfileField(profile)
  if (invalid) return invalid
  if (!fingerprint.success) return 'fingerprint'
  return {
    name: text('name') || nameOfAddress(url),
    url,
    fingerprint: fingerprint.data,
    profile,
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
