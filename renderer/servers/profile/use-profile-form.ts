import { createContext, use, useMemo, useReducer, useState, type Dispatch } from 'react'
import {
  profileIssues,
  profileSchema,
  type Profile,
  type ProfileIssue,
} from '../../../shared/contract/profile.ts'
import { draftOf, readDraft, type ProfileDraft } from './draft.ts'
import { editDraft, type DraftEdit } from './edit-draft.ts'
import { missingSecrets, typedSecrets } from './secrets.ts'

/** What the fields of a profile share. */
export interface ProfileForm {
  draft: ProfileDraft
  edit: Dispatch<DraftEdit>
  /** What is wrong; nothing before the first attempt to save. */
  issues: readonly ProfileIssue[]
  /** The names of the secrets that the key store has. */
  kept: readonly string[]
}

export const ProfileFormContext = createContext<ProfileForm | null>(null)

/** @returns the form around the component. */
export const useProfile = (): ProfileForm => {
  const form = use(ProfileFormContext)
  if (!form) throw new Error('no profile form around')
  return form
}

interface ReadProfile {
  profile: Profile
  /** The secrets that were typed, by their names in the key store. */
  secrets: Record<string, string>
}

interface ProfileFormState {
  form: ProfileForm
  /** @returns what is in the form; null if something is wrong with it, which the fields then show. */
  read: () => ReadProfile | null
}

const issuesOf = (draft: ProfileDraft, kept: readonly string[]): ProfileIssue[] => [
  ...profileIssues(readDraft(draft)),
  ...missingSecrets(draft, kept),
]

/**
 * @param before the profile that the form begins with.
 * @param kept the names of the secrets that the key store has.
 * @returns the state of a profile's form.
 */
export const useProfileForm = (before: Profile, kept: readonly string[]): ProfileFormState => {
  const [draft, edit] = useReducer(editDraft, before, draftOf)
  const [tried, setTried] = useState(false)
  const issues = useMemo(() => (tried ? issuesOf(draft, kept) : []), [tried, draft, kept])
  const form = useMemo(() => ({ draft, edit, issues, kept }), [draft, issues, kept])
  const read = (): ReadProfile | null => {
    const tidied = editDraft(draft, { edit: 'tidy' })
    edit({ edit: 'tidy' })
    setTried(true)
    if (issuesOf(tidied, kept).length > 0) return null
    return { profile: profileSchema.parse(readDraft(tidied)), secrets: typedSecrets(tidied) }
  }
  return { form, read }
}
