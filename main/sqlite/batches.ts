/** Changes many rows in batches. */

/**
 * Rows changed by one statement. SQLite copies each page before changing it, so that it can undo a failing statement; beyond 64 KiB the
 * copies go to the folder for temporary files (https://sqlite.org/tempfiles.html#statement_journal_files), which may be small.
 */
const batchSize = 500

/** A prepared statement that takes the number of rows last. */
interface BatchStatement<Given extends unknown[]> {
  run(...given: [...Given, limit: number]): { changes: number }
}

/** Runs the statements on batch after batch, until the last of them changes no row. */
export const inBatches = (...statements: readonly BatchStatement<[]>[]): void => {
  let changes = 1
  while (changes > 0) for (const statement of statements) changes = statement.run(batchSize).changes
}
