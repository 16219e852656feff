/** Profiles as files: one JSON text without secrets, to be given to others. */
import { z } from 'zod'
import { profileIssues, profileSchema, type Profile, type ProfileIssue } from './profile.ts'

/** The longest file that is read, in UTF-16 units. */
export const longestProfileFile = 64 * 1024

/** How the name of such a file ends. */
export const profileFileEnding = 'stompbox.json'

const format = 'stompbox-profile'
const fileSchema = z.object({ format: z.literal(format), version: z.literal(1), profile: z.unknown() })

/** @returns the file of a profile. A profile never holds the value of a secret. */
export const exportProfile = (profile: Profile): string =>
  `${JSON.stringify({ format, version: 1, profile }, null, 2)}\n`

/** What became of a file: a profile, or why it is none. `newer`: by a later version of the app; `wrong`: with `issues`. */
export type ReadProfileFile =
  | { profile: Profile }
  | { problem: 'too-long' | 'no-profile' | 'newer' }
  | { problem: 'wrong'; issues: ProfileIssue[] }

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Reads a file that {@link exportProfile} made, perhaps on another computer. */
export const parseProfileFile = (text: string): ReadProfileFile => {
  if (text.length > longestProfileFile) return { problem: 'too-long' }
  const json = parse(text)
  const file = fileSchema.safeParse(json)
  if (!file.success) {
    const newer = z.object({ format: z.literal(format), version: z.int().min(2) }).safeParse(json)
    return { problem: newer.success ? 'newer' : 'no-profile' }
  }
  const profile = profileSchema.safeParse(file.data.profile)
  return profile.success
    ? { profile: profile.data }
    : { problem: 'wrong', issues: profileIssues(file.data.profile) }
}
