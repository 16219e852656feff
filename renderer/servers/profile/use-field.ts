import { useTranslation } from 'react-i18next'
import { placeholders, type ProfileIssue } from '../../../shared/contract/profile.ts'
import { textAt, type ListPath, type TextPath } from './edit-draft.ts'
import { useProfile } from './use-profile-form.ts'

export type TemplateKind = keyof typeof placeholders

/** @returns a function that writes the placeholders of a kind of template: `{user}, {userId}`. */
export const placeholdersOf = (kind: TemplateKind): string =>
  placeholders[kind].map(name => `{${name}}`).join(', ')

/** @returns a function that says what is wrong. @param kind of the template in the field. */
const useIssueText = (): ((issue: ProfileIssue, kind?: TemplateKind) => string) => {
  const { t } = useTranslation('profile')
  return ({ problem }, kind = 'room') => t(`problems.${problem}`, { names: placeholdersOf(kind) })
}

interface FieldState {
  /** Its path, by which it can be found in the page. */
  name: string
  value: string
  onChange: (value: string) => void
  /** What is wrong with it. */
  error: string | null
}

/** @returns the state of a text of the profile. @param kind of the template, if it is one. */
export const useField = (at: TextPath, kind?: TemplateKind): FieldState => {
  const { draft, edit, issues } = useProfile()
  const issueText = useIssueText()
  // One text may stand for a list, whose issues name an item of it.
  const issue = issues.find(({ path }) => `${path.join('.')}.`.startsWith(`${at}.`))
  return {
    name: at,
    value: textAt(draft, at),
    onChange: value => edit({ edit: 'set', at, value }),
    error: issue ? issueText(issue, kind) : null,
  }
}

/** @returns what is wrong with a list as a whole, or with the profile as a whole for an empty path. */
export const useListError = (at: ListPath | ''): string | null => {
  const { issues } = useProfile()
  const issueText = useIssueText()
  const issue = issues.find(({ path }) => path.join('.') === at)
  return issue ? issueText(issue) : null
}
