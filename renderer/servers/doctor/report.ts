/** A check of a connection as text that a person can send to somebody. */
import type { TFunction } from 'i18next'
import type { Problem, Step } from '../../../shared/contract/doctor.ts'

/**
 * @param address without secrets.
 * @returns one block of lines for each step. The steps contain no secrets.
 */
export const reportOf = (
  address: string,
  steps: readonly Step[],
  t: TFunction<'doctor'>,
  problemText: (problem: Problem) => string,
): string =>
  [
    `Stompbox · ${address}`,
    ...steps.flatMap(({ name, outcome, took, problem, facts }) => [
      '',
      `${t(`step.${name}`)}: ${t(`outcome.${outcome}`)}, ${t('took', { ms: took })}`,
      ...(problem ? [`  ${problemText(problem)} (${problem.code})`] : []),
      ...facts.map(({ term, value }) => `  ${t(`fact.${term}`)}: ${value}`),
    ]),
  ].join('\n')
