import { useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cure } from '../../../shared/contract/doctor.ts'
import { hasDesktop } from '../../store/surface.ts'
import { useSend, useStore } from '../../store/use-store.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { addressWithQuery } from './address-with-query.ts'
import { StepList } from './StepList.tsx'
import { stepNamesOf } from './step-names.ts'
import { Summary } from './Summary.tsx'
import { fillTypedAddress, focusSubmit, readTypedAddress, type TypedAddress } from './typed-address.ts'
import { useCheck } from './use-check.ts'
import { useCureLabel } from './use-cure-label.ts'

/** Finds out why no server answers at an address that is being typed; beside its form, so that nothing typed is lost. */
export const AddressCheck = ({ form }: { form: RefObject<HTMLFormElement | null> }) => {
  const { t } = useTranslation('doctor')
  const check = useCheck(null)
  const send = useSend()
  const cureLabel = useCureLabel()
  const desktop = useStore(hasDesktop)
  const [checked, setChecked] = useState<TypedAddress | null>(null)
  // A page in a browser can't look below STOMP, and an address has no account.
  if (!desktop) return null
  const run = () => {
    const typed = readTypedAddress(form.current)
    setChecked(typed)
    check.run(typed)
  }
  const mend = (cure: Cure) => {
    if (cure.kind === 'useAddress')
      fillTypedAddress(form.current, { url: addressWithQuery(cure.url, readTypedAddress(form.current).url) })
    if (cure.kind === 'trustCertificate') fillTypedAddress(form.current, { fingerprint: cure.fingerprint })
    if (cure.kind !== 'openPage') focusSubmit(form.current)
    if (cure.kind === 'openPage') void send('openExternal', { url: cure.url })
  }
  const isOffered = ({ kind }: Cure) =>
    kind === 'useAddress' || kind === 'trustCertificate' || kind === 'openPage'
  return (
    <div>
      <Button variant="quiet" size="small" disabled={check.isRunning} onClick={run}>
        {t(checked ? 'again' : 'why')}
      </Button>
      {checked && (
        <StepList
          names={stepNamesOf(checked.url, false, true)}
          steps={check.steps}
          isRunning={check.isRunning}
          cureLabel={cure => (isOffered(cure) ? cureLabel(cure) : null)}
          onCure={mend}
        />
      )}
      <Summary check={check} />
    </div>
  )
}
