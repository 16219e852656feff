import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { retentions, type StorageUse } from '../../shared/contract/desktop-commands.ts'
import { Button } from '../ui/forms/Button.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { Segments } from '../ui/marks/Segments.tsx'
import { useSetting } from './use-setting.ts'
import { useMessenger, useSend } from '../store/use-store.ts'
import { useSize } from './use-size.ts'

/** How long messages are kept, and the space that they take. */
export const KeptMessages = () => {
  const { t } = useTranslation('keeping')
  const [keep, setKeep] = useSetting('keep')
  return (
    <>
      <Setting name={t('keep')} text={t('keepText')}>
        {ids => (
          <Segments
            labelledBy={ids.name}
            value={keep}
            options={retentions.map(value => ({ value, label: t(`keeps.${value}`) }))}
            onChange={setKeep}
          />
        )}
      </Setting>
      <Space />
    </>
  )
}

const Space = () => {
  const { t } = useTranslation('keeping')
  const { api, store } = useMessenger()
  const send = useSend()
  const size = useSize()
  const [use, setUse] = useState<StorageUse>()
  const [isFreeing, setFreeing] = useState(false)

  useEffect(() => {
    api.call('getStorage', {}).then(setUse, store.getState().report)
  }, [api, store])

  const free = async () => {
    setFreeing(true)
    const after = await send('freeSpace', {})
    setFreeing(false)
    if (!after || !use) return
    store.getState().notify(t('freed', { size: size(Math.max(0, use.bytes - after.bytes)) }))
    setUse(after)
  }
  const words = use && [
    t('spaceText', { count: use.messages, size: size(use.bytes) }),
    ...(use.unused > 0 ? [t('spaceUnused', { size: size(use.unused) })] : []),
  ]
  return (
    <Setting name={t('space')} {...(words && { text: words.join(' ') })}>
      {ids => (
        <Button aria-describedby={ids.text} disabled={isFreeing || !use} onClick={() => void free()}>
          {t('free')}
        </Button>
      )}
    </Setting>
  )
}
