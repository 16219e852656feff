import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NearbyServer } from '../../shared/contract/model.ts'
import { hasDesktop } from '../store/surface.ts'
import { useStore } from '../store/use-store.ts'
import { NearbyServers } from './NearbyServers.tsx'
import { ServerForm } from './ServerForm.tsx'
import type { ServerFields } from './server-fields.ts'

interface Props {
  onSubmit: (fields: ServerFields, accepts?: string) => Promise<void>
  /** The buttons before the submit button. */
  children?: ReactNode
}

/** The hosts on the network to choose from, and a form for any other server. */
export const NewServerForm = ({ onSubmit, children }: Props) => {
  const { t } = useTranslation('servers')
  const [chosen, setChosen] = useState<NearbyServer | null>(null)
  const desktop = useStore(hasDesktop)
  const kept = useStore(state => state.servers.find(({ url }) => url === chosen?.url)?.fingerprint)
  return (
    <>
      {desktop && <NearbyServers onChoose={setChosen} />}
      <ServerForm
        // A choice resets the form and focuses the first missing value.
        key={chosen?.name}
        {...(chosen && {
          // Values that the person has entered take precedence over the network's.
          nearby: { ...chosen, fingerprint: kept ?? chosen.fingerprint },
          focus: 'passcode',
        })}
        submitLabel={t('addSubmit')}
        onSubmit={onSubmit}
      >
        {children}
      </ServerForm>
    </>
  )
}
