/** The profiles that docs/SERVERS.md offers for import. */
import { readFile } from 'node:fs/promises'
import type { Profile } from '../../shared/contract/profile.ts'
import { parseProfileFile } from '../../shared/contract/profile-file.ts'

const folder = new URL('../../docs/profiles/', import.meta.url)

/** @returns the profile of this file, with the login that a person fills in. */
export const profileFile = async (name: string, login: string | null = null): Promise<Profile> => {
  const read = parseProfileFile(await readFile(new URL(`${name}.json`, folder), 'utf8'))
  if (!('profile' in read)) throw new Error(`${name}.json is no profile: ${JSON.stringify(read)}`)
  const { profile } = read
  return { ...profile, connect: { ...profile.connect, login: login ?? profile.connect.login } }
}
