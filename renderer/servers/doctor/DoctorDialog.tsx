import { Copy, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cure } from '../../../shared/contract/doctor.ts'
import type { InputOf } from '../../../shared/contract/api.ts'
import type { ServerId, ServerProfile } from '../../../shared/contract/model.ts'
import { shownAddress } from '../../../shared/text/secret-free.ts'
import { useErrorText } from '../../i18n/use-error-text.ts'
import { serverOf } from '../../store/model.ts'
import { hasDesktop } from '../../store/surface.ts'
import { useAttempt } from '../../store/use-attempt.ts'
import { useMessenger, useSend, useStore } from '../../store/use-store.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { Notice } from '../../ui/layout/Notice.tsx'
import { Dialog, DialogButtons } from '../../ui/overlays/Dialog.tsx'
import { IdentityQuestion } from '../IdentityQuestion.tsx'
import { addressWithQuery } from './address-with-query.ts'
import { reportOf } from './report.ts'
import { StepList } from './StepList.tsx'
import { stepNamesOf } from './step-names.ts'
import { Summary } from './Summary.tsx'
import { useCheck } from './use-check.ts'
import { useCureLabel } from './use-cure-label.ts'
import { useProblemText } from './use-problem-text.ts'

/** Checks the connection to a saved server, and mends what it can. */
export const DoctorDialog = ({ serverId }: { serverId: ServerId }) => {
  const server = useStore(state => serverOf(state, serverId))
  return server && <ServerCheck server={server} />
}

type Change = InputOf<'updateServer'>['change']

const ServerCheck = ({ server }: { server: ServerProfile }) => {
  const { t } = useTranslation(['doctor', 'common'])
  const { api, store } = useMessenger()
  const send = useSend()
  const check = useCheck({ serverId: server.id, test: null })
  const cureLabel = useCureLabel()
  const errorText = useErrorText()
  const desktop = useStore(hasDesktop)
  const { attempt, busy, error } = useAttempt()
  /** The change that the person has chosen last. */
  const [change, setChange] = useState<Change | null>(null)
  const { closeDialog, openDialog, show } = store.getState()
  const { id, url, name } = server

  const run = (test: { room: string; text: string } | null = null) => check.run({ serverId: id, test })

  const save = (wanted: Change, accepts?: string) => {
    setChange(wanted)
    void attempt(async () => {
      await api.call('updateServer', { id, change: wanted, ...(accepts !== undefined && { accepts }) })
      setChange(null)
      run()
    })
  }
  const mend = (cure: Cure) => {
    if (cure.kind === 'useAddress') save({ url: addressWithQuery(cure.url, url) })
    if (cure.kind === 'trustCertificate') save({ fingerprint: cure.fingerprint })
    if (cure.kind === 'openPage') void send('openExternal', { url: cure.url })
    if (cure.kind === 'editServer') openDialog({ name: 'edit-server', serverId: id, field: cure.field })
    if (cure.kind === 'sendTest') run({ room: cure.room, text: t('testText') })
    if (cure.kind === 'changeName') {
      closeDialog()
      show({ name: 'settings', section: 'profile' })
    }
  }
  return (
    <Dialog
      title={t('title', { name })}
      description={t('text', { address: shownAddress(url) })}
      onClose={closeDialog}
    >
      <StepList
        names={stepNamesOf(url, true, desktop)}
        steps={check.steps}
        isRunning={check.isRunning}
        cureLabel={cure => (cure.kind === 'openPage' && !desktop ? null : cureLabel(cure))}
        onCure={mend}
      />
      {error?.code === 'server-other' && change && (
        <IdentityQuestion error={error} busy={busy} onAccept={identity => save(change, identity)} />
      )}
      {error && error.code !== 'server-other' && <Notice>{errorText(error)}</Notice>}
      <Summary check={check} />
      <DialogButtons>
        {desktop && <CopyReport address={shownAddress(url)} steps={check.steps} disabled={check.isRunning} />}
        <Button disabled={check.isRunning} onClick={() => run()}>
          <RotateCw />
          {t('again')}
        </Button>
        <Button variant="primary" onClick={closeDialog}>
          {t('common:close')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}

interface CopyReportProps {
  address: string
  steps: ReturnType<typeof useCheck>['steps']
  disabled: boolean
}

const CopyReport = ({ address, steps, disabled }: CopyReportProps) => {
  const { t } = useTranslation('doctor')
  const { store } = useMessenger()
  const send = useSend()
  const problemText = useProblemText()
  const copy = async () => {
    const text = reportOf(address, steps, t, problemText)
    if ((await send('copyText', { text })) !== undefined) store.getState().notify(t('copied'))
  }
  return (
    <Button variant="quiet" disabled={disabled || steps.length === 0} onClick={() => void copy()}>
      <Copy />
      {t('copy')}
    </Button>
  )
}
