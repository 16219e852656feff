import { createContext, use, useMemo, useReducer, useState, type Dispatch } from 'react'
import {
  profileIssues,
  profileSchema,
  type Profile,
  type ProfileIssue,
} from '../../../shared/contract/profile.ts'
import { draftOf, readDraft, type ProfileDraft } from './draft.ts'
import { editDraft, type DraftEdit } from './edit-draft.ts'

/** What the fields of a profile share. */
export interface ProfileForm {
  draft: ProfileDraft
  edit: Dispatch<DraftEdit>
  /** What is wrong; nothing before the first attempt to save. */
  issues: readonly ProfileIssue[]
}

export const ProfileFormContext = createContext<ProfileForm | null>(null)

/** @returns the form around the component. */
export const useProfile = (): ProfileForm => {
  const form = use(ProfileFormContext)
  if (!form) throw new Error('no profile form around')
  return form
}

interface ProfileFormState {
  form: ProfileForm
  /** @returns the profile; null if something is wrong with it, which the fields then show. */
  read: () => Profile | null
}

/** @returns the state of a profile's form. @param before the profile that it begins with. */
export const useProfileForm = (before: Profile): ProfileFormState => {
  const [draft, edit] = useReducer(editDraft, before, draftOf)
  const [tried, setTried] = useState(false)
  const issues = useMemo(() => (tried ? profileIssues(readDraft(draft)) : []), [tried, draft])
  const form = useMemo(() => ({ draft, edit, issues }), [draft, issues])
  const read = (): Profile | null => {
    const tidied = editDraft(draft, { edit: 'tidy' })
    edit({ edit: 'replace', draft: tidied })
    setTried(true)
    return profileSchema.safeParse(readDraft(tidied)).data ?? null
  }
  return { form, read }
}
