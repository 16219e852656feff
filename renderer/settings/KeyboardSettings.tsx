import { useTranslation } from 'react-i18next'
import type { SendKey } from '../../shared/contract/model.ts'
import { Keys, type KeyName } from '../ui/marks/Keys.tsx'
import { Segments } from '../ui/marks/Segments.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { hasDesktop, isMac } from '../store/surface.ts'
import { useStore } from '../store/use-store.ts'
import { Group } from './Group.tsx'
import { useSetting } from './use-setting.ts'

const shortcuts = [
  { name: 'shortcutSearch', keys: ['mod', 'K'] },
  { name: 'shortcutRoom', keys: ['mod', 'N'] },
  { name: 'shortcutNext', keys: ['alt', 'down'] },
  { name: 'shortcutPrevious', keys: ['alt', 'up'] },
  { name: 'shortcutSettings', keys: ['mod', ','] },
] as const satisfies readonly { name: string; keys: KeyName[] }[]

/** Which key sends, and the shortcuts there are. */
export const KeyboardSettings = () => {
  const { t } = useTranslation('settings')
  const desktop = useStore(hasDesktop)
  return (
    <>
      {desktop && <SendKeyGroup />}
      <Group title={t('shortcuts')}>
        {shortcuts.map(({ name, keys }) => (
          <Setting key={name} name={t(name)}>
            {() => <Keys of={keys} />}
          </Setting>
        ))}
      </Group>
    </>
  )
}

const SendKeyGroup = () => {
  const { t } = useTranslation('settings')
  const mac = useStore(isMac)
  const [sendKey, setSendKey] = useSetting('sendKey')
  const sendKeys: { value: SendKey; label: string }[] = [
    { value: 'enter', label: 'Enter' },
    { value: 'mod-enter', label: mac ? '⌘ Enter' : 'Ctrl Enter' },
  ]
  return (
    <Group>
      <Setting name={t('sendKey')} text={t('sendKeyText')}>
        {ids => <Segments labelledBy={ids.name} value={sendKey} options={sendKeys} onChange={setSendKey} />}
      </Setting>
    </Group>
  )
}
