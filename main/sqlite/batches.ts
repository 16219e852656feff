/** Work on many rows, some at a time. */

/**
 * Rows that a statement changes at once. Before SQLite changes a page it copies it, so that a statement that fails can be undone, to the folder
 * for temporary files beyond 64 KiB (https://sqlite.org/tempfiles.html#statement_journal_files): that folder may be small, however much
 * room there is beside the database.
 */
const batchSize = 500

/** A prepared statement that takes the number of rows last. */
interface BatchStatement<Given extends unknown[]> {
  run(...given: [...Given, limit: number]): { changes: number }
}

/** Runs statements in turn, each on a batch of rows, until the last of them changes nothing. */
export const inBatches = (...statements: readonly BatchStatement<[]>[]): void => {
  let changes = 1
  while (changes > 0) for (const statement of statements) changes = statement.run(batchSize).changes
}
