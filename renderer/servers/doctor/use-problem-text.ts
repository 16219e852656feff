import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../shared/contract/doctor.ts'
import { en } from '../../../shared/i18n/en/index.ts'
import { asSentence } from '../../i18n/sentence.ts'
import { useErrorText } from '../../i18n/use-error-text.ts'

const own = en.doctor.problem
const isOwn = (code: string): code is keyof typeof own => Object.hasOwn(own, code)

/** @returns a function that turns a problem into a sentence: the doctor's own, or else that of the error. */
export const useProblemText = (): ((problem: Problem) => string) => {
  const { t } = useTranslation('doctor')
  const errorText = useErrorText()
  return ({ code, params = {}, ...rest }) =>
    isOwn(code) ? asSentence(t(`problem.${code}`, params)) : errorText({ code, params, ...rest })
}
