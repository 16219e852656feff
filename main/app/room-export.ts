import { join } from 'node:path'
import type { ExportFormat } from '../../shared/contract/desktop-commands.ts'
import { Failure } from '../../shared/contract/errors.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import type { Messenger } from '../../shared/core/commands/messenger.ts'
import type { KeptCache } from '../cache/kept-cache.ts'
import type { Texts } from '../desktop/texts.ts'
import { exportRoom } from '../export/export-room.ts'
import { safeFileName } from '../export/file-name.ts'
import { formats } from '../export/formats.ts'
import type { Tasks } from './tasks.ts'

export interface RoomExportPorts {
  messenger: Pick<Messenger, 'room' | 'state'>
  cache: Pick<KeptCache, 'countMessages' | 'readRoom'>
  tasks: Tasks
  texts: Pick<Texts, 't' | 'language'>
  /** Where exports usually go. */
  folder: string
  /** Asks the person for a file. */
  choose: (suggested: string, ending: string) => Promise<string | null>
}

/** @returns the command `exportRoom`. */
export const createRoomExport =
  ({ messenger, cache, tasks, texts, folder, choose }: RoomExportPorts) =>
  async ({ room: key, format }: { room: RoomKey; format: ExportFormat }): Promise<string | null> => {
    const room = messenger.room(key)
    if (!room) throw new Failure('not-found')
    const server = messenger.state().servers.find(({ id }) => id === room.serverId)?.name ?? ''
    const at = Date.now()
    const { ending } = formats[format]
    const day = new Date(at).toISOString().slice(0, 10)
    const file = await choose(join(folder, `${safeFileName(room.name)} ${day}.${ending}`), ending)
    if (file === null) return null
    const done = await tasks.run('export', room.name, (onProgress, signal) =>
      exportRoom({
        cache,
        key,
        room: { name: room.name, topic: room.topic, server, at },
        format,
        file,
        words: {
          language: texts.language(),
          deleted: texts.t('exportDeleted'),
          unsent: texts.t('exportUnsent'),
        },
        onProgress,
        signal,
      }),
    )
    return done ? file : null
  }
