import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { exportFormats, type ExportFormat } from '../../shared/contract/desktop-commands.ts'
import type { RoomKey } from '../../shared/contract/model.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { Segments } from '../ui/marks/Segments.tsx'
import { Dialog, DialogButtons } from '../ui/overlays/Dialog.tsx'
import { useMessenger, useSend, useStore } from '../store/use-store.ts'

/** Asks for the format of an export; the system then asks for the file. */
export const ExportRoomDialog = ({ room: key }: { room: RoomKey }) => {
  const { t } = useTranslation(['keeping', 'common'])
  const { store } = useMessenger()
  const send = useSend()
  const name = useStore(state => state.rooms[key]?.name ?? '')
  const close = useStore(state => state.closeDialog)
  const [format, setFormat] = useState<ExportFormat>('html')
  const start = async () => {
    close()
    const file = await send('exportRoom', { room: key, format })
    if (file) store.getState().notify(t('exported', { file }))
  }
  return (
    <Dialog title={t('exportTitle', { room: name })} description={t('exportText')} onClose={close}>
      <Setting name={t('exportFormat')}>
        {ids => (
          <Segments
            labelledBy={ids.name}
            value={format}
            options={exportFormats.map(value => ({ value, label: t(`formats.${value}`) }))}
            onChange={setFormat}
          />
        )}
      </Setting>
      <DialogButtons>
        <Button onClick={close}>{t('common:cancel')}</Button>
        <Button variant="primary" onClick={() => void start()}>
          {t('exportSubmit')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
