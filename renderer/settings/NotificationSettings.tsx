import { useTranslation } from 'react-i18next'
import { Setting } from '../ui/forms/Setting.tsx'
import { Switch } from '../ui/forms/Switch.tsx'
import { Group } from './Group.tsx'
import { useSetting } from './use-setting.ts'

/** Settings for notifications, and for running in the background. */
export const NotificationSettings = () => {
  const { t } = useTranslation('settings')
  const [notifications, setNotifications] = useSetting('notifications')
  const [closeToTray, setCloseToTray] = useSetting('closeToTray')
  return (
    <Group>
      <Setting name={t('notify')} text={t('notifyText')}>
        {ids => (
          <Switch
            checked={notifications}
            onChange={setNotifications}
            labelledBy={ids.name}
            describedBy={ids.text}
          />
        )}
      </Setting>
      <Setting name={t('closeToTray')} text={t('closeToTrayText')}>
        {ids => (
          <Switch
            checked={closeToTray}
            onChange={setCloseToTray}
            labelledBy={ids.name}
            describedBy={ids.text}
          />
        )}
      </Setting>
    </Group>
  )
}
