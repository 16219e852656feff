import type { ReactNode } from 'react'
import { Notice } from '../../ui/layout/Notice.tsx'
import { AckSection } from './AckSection.tsx'
import { BodySection } from './BodySection.tsx'
import { ConnectionSection } from './ConnectionSection.tsx'
import { HeadersSection } from './HeadersSection.tsx'
import { IdentitySection } from './IdentitySection.tsx'
import { RoomsSection } from './RoomsSection.tsx'
import { TokenSection } from './TokenSection.tsx'
import { useListError } from './use-field.ts'

/** Everything about a server that most people leave as it is, in sections. `connection`: further fields about its address. */
export const ProfileSections = ({ connection }: { connection: ReactNode }) => {
  const wrong = useListError('')
  return (
    <div>
      <RoomsSection />
      <TokenSection />
      <HeadersSection />
      <BodySection />
      <IdentitySection />
      <AckSection />
      <ConnectionSection>{connection}</ConnectionSection>
      {wrong !== null && <Notice>{wrong}</Notice>}
    </div>
  )
}
