import type { ReactNode } from 'react'
import { Fingerprint } from '../ui/marks/Fingerprint.tsx'
import styles from './Facts.module.css'

/** A list of terms with their values, on which a decision is based. */
export const Facts = ({ id, children }: { id?: string; children: ReactNode }) => (
  <dl id={id} className={styles.facts}>
    {children}
  </dl>
)

interface FactProps {
  term: string
  mono?: boolean
  children: ReactNode
}

export const Fact = ({ term, mono = false, children }: FactProps) => (
  <>
    <dt>{term}</dt>
    <dd
      className={mono ? styles.mono : undefined}
      title={typeof children === 'string' ? children : undefined}
    >
      {children}
    </dd>
  </>
)

/** An address, or the fingerprint of a certificate. */
export const IdentityFact = ({ term, identity }: { term: string; identity: string }) =>
  /^[0-9a-f]{64}$/.test(identity) ? (
    <Fact term={term}>
      <Fingerprint of={identity} />
    </Fact>
  ) : (
    <Fact term={term} mono>
      {identity}
    </Fact>
  )
