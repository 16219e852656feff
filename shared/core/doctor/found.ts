/** What a step of a check has found. */
import type { Cure, Fact, FactTerm, Problem, Step, StepName, StepOutcome } from '../../contract/doctor.ts'
import { withoutControls } from '../../text/controls.ts'

/** The outcome of a step, and what the next one needs; null where there is no next one. */
export interface Found<Next> {
  outcome: StepOutcome
  problem: Problem | null
  facts: Fact[]
  cure: Cure | null
  next: Next | null
}

/** Longest value of a fact, in UTF-16 units. */
const longestValue = 400

/** @returns a fact from any text, of the network too. */
export const fact = (term: FactTerm, value: string): Fact => ({
  term,
  value: withoutControls(value.slice(0, longestValue)).replaceAll('\n', ' ').trim(),
})

export const passed = <Next>(next: Next, facts: Fact[]): Found<Next> => ({
  outcome: 'passed',
  problem: null,
  facts,
  cure: null,
  next,
})

/** The connection works in spite of `problem`. */
export const warned = <Next>(
  next: Next,
  problem: Problem,
  facts: Fact[],
  cure: Cure | null = null,
): Found<Next> => ({ outcome: 'warned', problem, facts, cure, next })

export const failed = (problem: Problem, facts: Fact[], cure: Cure | null = null): Found<never> => ({
  outcome: 'failed',
  problem,
  facts,
  cure,
  next: null,
})

/** Not tried. */
export const skipped = (problem: Problem, facts: Fact[] = [], cure: Cure | null = null): Found<never> => ({
  outcome: 'skipped',
  problem,
  facts,
  cure,
  next: null,
})

interface Timed<Next> {
  step: Step
  next: Next | null
}

/** Carries out a step. @param now milliseconds, of any clock. */
export const timed = async <Next>(
  name: StepName,
  now: () => number,
  run: () => Promise<Found<Next>>,
): Promise<Timed<Next>> => {
  const since = now()
  const { next, ...found } = await run()
  return { step: { name, took: Math.max(0, Math.round(now() - since)), ...found }, next }
}
