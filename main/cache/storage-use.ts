import type { StorageUse } from '../../shared/contract/desktop-commands.ts'
import type { WritableDatabase } from '../sqlite/database.ts'

/** Says how much space the cache takes, and gives unused space back. */
export const createStorageUse = (db: WritableDatabase) => {
  const number = (pragma: string): number => Number(db.pragma(pragma, { simple: true }))
  const messages = db.prepare<[], number>('SELECT count(*) FROM messages').pluck()
  const use = (): StorageUse => {
    const page = number('page_size')
    return {
      bytes: page * number('page_count'),
      unused: page * number('freelist_count'),
      messages: messages.get() ?? 0,
    }
  }
  return {
    use,
    /** Rewrites the file without its unused pages. Meanwhile that needs the same space again, and a large file takes seconds. */
    compact: (): StorageUse => {
      db.exec('VACUUM')
      db.pragma('wal_checkpoint(TRUNCATE)')
      return use()
    },
  }
}
