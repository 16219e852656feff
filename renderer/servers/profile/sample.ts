/** What a sample of a message changes in the form. */
import { messageParts, type Guess, type MessagePart } from '../../../shared/contract/guess-profile.ts'
import type { ProfileDraft } from './draft.ts'
import { pathsOf, pathsText } from './texts.ts'

/** @returns what a path is taken for; null for nothing. */
export const meaningIn = ({ body }: ProfileDraft, path: string): MessagePart | null =>
  messageParts.find(part => pathsOf(body[part])?.includes(path) === true) ?? null

/** @returns the draft in which a path, and no other one, is a part of a message; `null` takes it for nothing. */
export const withMeaning = (draft: ProfileDraft, path: string, part: MessagePart | null): ProfileDraft => {
  const left = messageParts.map(each => [
    each,
    pathsText((pathsOf(draft.body[each]) ?? []).filter(known => known !== path)),
  ])
  const body = { ...draft.body, ...(Object.fromEntries(left) as Record<MessagePart, string>) }
  return { ...draft, body: part === null ? body : { ...body, [part]: path } }
}

/** @returns the draft as the sample has messages: JSON, each part at its path, and the destination of a captured frame. */
export const fillFromSample = (draft: ProfileDraft, { parts, subscribe }: Guess): ProfileDraft => {
  const found = Object.fromEntries(
    messageParts.map(part => [part, pathsText(parts[part] === null ? null : [parts[part]])]),
  )
  return {
    ...draft,
    ...(subscribe !== null && { rooms: { ...draft.rooms, subscribe: [subscribe] } }),
    body: { ...draft.body, format: 'json', ...(found as Record<MessagePart, string>) },
  }
}
