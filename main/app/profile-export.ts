import { join } from 'node:path'
import { Failure } from '../../shared/contract/errors.ts'
import type { ServerId } from '../../shared/contract/model.ts'
import { exportProfile, profileFileEnding } from '../../shared/contract/profile-file.ts'
import type { Messenger } from '../../shared/core/commands/messenger.ts'
import { safeFileName } from '../export/file-name.ts'
import { writeWholeFile } from '../files/whole-file.ts'

export interface ProfileExportPorts {
  messenger: Pick<Messenger, 'state'>
  /** Where exports usually go. */
  folder: string
  /** Asks the person for a file. */
  choose: (suggested: string, ending: string) => Promise<string | null>
}

/** @returns the command `exportProfile`. */
export const createProfileExport =
  ({ messenger, folder, choose }: ProfileExportPorts) =>
  async ({ serverId }: { serverId: ServerId }): Promise<string | null> => {
    const server = messenger.state().servers.find(({ id }) => id === serverId)
    if (!server) throw new Failure('not-found')
    const name = `${safeFileName(server.name)}.${profileFileEnding}`
    const file = await choose(join(folder, name), 'json')
    if (file === null) return null
    await writeWholeFile(file, handle => handle.writeFile(exportProfile(server.profile)))
    return file
  }
