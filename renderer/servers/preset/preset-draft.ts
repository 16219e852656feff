/** Presets in the form: what choosing one changes, and which one a form matches. */
import { presetNames, presetOf, type PresetName } from '../../../shared/contract/presets.ts'
import { draftOf, type ProfileDraft } from '../profile/draft.ts'

/** @returns the part of a draft that a preset decides. */
const decided = ({ connect, rooms, own, frames, body }: ProfileDraft): string =>
  JSON.stringify([connect.virtualHost, rooms, own, frames, body])

/** Presets never change. */
const drafts = Object.fromEntries(presetNames.map(name => [name, draftOf(presetOf(name))])) as Record<
  PresetName,
  ProfileDraft
>

/** @returns whether the draft is as a preset has it. */
export const matches = (draft: ProfileDraft, name: PresetName): boolean =>
  name === 'custom' || decided(drafts[name]) === decided(draft)

/** @returns the preset that the draft is as; `custom` where there is none. */
export const presetIn = (draft: ProfileDraft): PresetName =>
  presetNames.find(name => matches(draft, name)) ?? 'custom'

/**
 * @returns the draft with what a preset decides. Who the person is, headers and the token stay; so does everything for
 *   `custom`.
 */
export const withPreset = (draft: ProfileDraft, name: PresetName): ProfileDraft => {
  if (name === 'custom') return draft
  const { connect, rooms, own, frames, body } = drafts[name]
  return {
    ...draft,
    connect: { ...draft.connect, virtualHost: connect.virtualHost },
    rooms,
    own,
    frames,
    body,
  }
}
