/** The failure matrix: nothing is lost, doubled or reordered, whatever breaks. `npm run test:faults` runs it. */
import { afterAll, expect, test } from 'vitest'
import { rows } from './rows.ts'
import { runRow, type Outcome } from './run-row.ts'

const rounds = Number(process.env.FAULT_ROUNDS ?? 1)
const outcomes = new Map<string, Outcome>()

afterAll(() => {
  console.table(Object.fromEntries(outcomes))
})

test.concurrent.for(rows)('$name', { timeout: 300_000 + rounds * 60_000 }, async row => {
  const outcome = await runRow(row, rounds)
  outcomes.set(row.name, outcome)
  expect(outcome).toMatchObject({ lost: 0, doubled: 0, reordered: 0 })
})
