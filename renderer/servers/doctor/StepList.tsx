import { ChevronRight, CircleAlert, CircleCheck, CircleDashed, CircleMinus, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  CertificateFault,
  Cure,
  Fact,
  Step,
  StepName,
  StepOutcome,
} from '../../../shared/contract/doctor.ts'
import { certificateFaults } from '../../../shared/contract/doctor.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { Fact as FactRow, Facts, IdentityFact } from '../Facts.tsx'
import styles from './Doctor.module.css'
import { useProblemText } from './use-problem-text.ts'

interface Props {
  /** All steps that there may be. */
  names: readonly StepName[]
  steps: readonly Step[]
  isRunning: boolean
  /** The label of a cure; null where it is not offered here. */
  cureLabel: (cure: Cure) => string | null
  onCure: (cure: Cure) => void
}

const icons: Readonly<Record<StepOutcome, ReactNode>> = {
  passed: <CircleCheck />,
  warned: <CircleAlert />,
  failed: <CircleX />,
  skipped: <CircleMinus />,
}

/** The steps of a check as a list that fills while it runs. */
export const StepList = ({ names, steps, isRunning, cureLabel, onCure }: Props) => {
  const { t } = useTranslation('doctor')
  const open = names.filter(name => !steps.some(step => step.name === name))
  return (
    <ol className={styles.steps} aria-label={t('steps')} aria-busy={isRunning}>
      {steps.map(step => (
        <StepRow key={step.name} step={step} cureLabel={cureLabel} onCure={onCure} />
      ))}
      {open.map((name, at) => (
        <li key={name} className={styles.open}>
          <CircleDashed />
          <span>{t(`step.${name}`)}</span>
          <span className={styles.took}>{t(isRunning && at === 0 ? 'running' : 'unchecked')}</span>
        </li>
      ))}
    </ol>
  )
}

const StepRow = ({ step, cureLabel, onCure }: Pick<Props, 'cureLabel' | 'onCure'> & { step: Step }) => {
  const { t } = useTranslation('doctor')
  const problemText = useProblemText()
  const { name, outcome, took, problem, facts, cure } = step
  const label = cure && cureLabel(cure)
  return (
    <li className={styles[outcome]}>
      <details open={outcome === 'failed' ? true : undefined}>
        <summary className={styles.summary}>
          {icons[outcome]}
          <span>
            {t(`step.${name}`)} <span className={styles.outcome}>{t(`outcome.${outcome}`)}</span>
          </span>
          <span className={styles.took}>{outcome !== 'skipped' && t('took', { ms: took })}</span>
          <ChevronRight className={styles.fold} />
        </summary>
        {facts.length > 0 && (
          <Facts>
            {facts.map((fact, at) => (
              // The order of facts never changes.
              <FactOf key={at} fact={fact} />
            ))}
          </Facts>
        )}
      </details>
      {problem && <p className={styles.problem}>{problemText(problem)}</p>}
      {cure && label !== null && (
        <Button size="small" className={styles.cure} onClick={() => onCure(cure)}>
          {label}
        </Button>
      )}
    </li>
  )
}

const isFault = (value: string): value is CertificateFault => certificateFaults.some(fault => fault === value)

const FactOf = ({ fact: { term, value } }: { fact: Fact }) => {
  const { t } = useTranslation('doctor')
  const name = t(`fact.${term}`)
  if (term === 'fingerprint' || term === 'expected') return <IdentityFact term={name} identity={value} />
  return <FactRow term={name}>{term === 'wrong' && isFault(value) ? t(`wrong.${value}`) : value}</FactRow>
}
