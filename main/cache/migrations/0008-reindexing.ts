import type { Migration } from '../../sqlite/migrate.ts'

/**
 * The index of the search holds folded text and signs from now on. What is in it stays, so that it can be searched, until
 * `main/cache/reindexing.ts` has replaced it: it is too much for one transaction.
 */
export const reindexing: Migration = db => {
  db.exec(`
    CREATE TABLE reindexing (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      below INTEGER NOT NULL -- messages with a smaller seq are indexed as before
    ) STRICT;
    INSERT INTO reindexing SELECT 1, max(seq) + 1 FROM messages HAVING max(seq) IS NOT NULL
  `)
}
