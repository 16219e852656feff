import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NearbyServer } from '../../shared/contract/model.ts'
import { useStore } from '../store/use-store.ts'
import { NearbyServers } from './NearbyServers.tsx'
import { ServerForm } from './ServerForm.tsx'
import type { ServerFields } from './server-fields.ts'

interface Props {
  onSubmit: (fields: ServerFields, accepts?: string) => Promise<void>
  /** The buttons before the submit button. */
  children?: ReactNode
}

/** What is in the network to choose from, and the form for everything else. */
export const NewServerForm = ({ onSubmit, children }: Props) => {
  const { t } = useTranslation('servers')
  const [chosen, setChosen] = useState<NearbyServer | null>(null)
  const kept = useStore(state => state.servers.find(({ url }) => url === chosen?.url)?.fingerprint)
  return (
    <>
      <NearbyServers onChoose={setChosen} />
      <ServerForm
        // A choice begins the form anew, at what is still missing.
        key={chosen?.name}
        {...(chosen && {
          // What a person vouched for goes before what the network says.
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
