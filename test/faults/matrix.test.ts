/** The failure matrix: nothing is lost, doubled or reordered, whatever breaks. `npm run test:faults` runs all of it, for longer. */
import { afterAll, expect, test } from 'vitest'
import { rows } from './rows.ts'
import { runRow, type Outcome } from './run-row.ts'

const rounds = Number(process.env.FAULT_ROUNDS ?? 0)
const chosen = rows.filter(({ quick }) => rounds > 0 || quick)
const outcomes = new Map<string, Outcome>()

afterAll(() => {
  if (rounds > 0) console.table(Object.fromEntries(outcomes))
})

test.concurrent.for(chosen)('$name', { timeout: 300_000 + rounds * 60_000 }, async row => {
  const outcome = await runRow(row, Math.max(rounds, 1))
  outcomes.set(row.name, outcome)
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, reordered: 0 })
})
