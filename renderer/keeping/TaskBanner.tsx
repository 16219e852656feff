import { HardDriveDownload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Banner } from '../ui/layout/Banner.tsx'
import { Button } from '../ui/forms/Button.tsx'
import { useSend, useStore } from '../store/use-store.ts'
import styles from './TaskBanner.module.css'

/** The task that is running, how far it is, and a way to cancel it. Renders nothing otherwise. */
export const TaskBanner = () => {
  const { t } = useTranslation(['keeping', 'common'])
  const send = useSend()
  const task = useStore(({ desktop }) => desktop?.task ?? null)
  if (!task) return null
  const { kind, name, done, total } = task
  const label = t(`tasks.${kind}`, { name })
  return (
    <Banner
      icon={<HardDriveDownload />}
      actions={
        <Button size="small" onClick={() => void send('cancelTask', {})}>
          {t('common:cancel')}
        </Button>
      }
    >
      <span className={styles.task}>
        {label}
        <progress aria-label={label} {...(total > 0 && { value: done, max: total })} />
        {total > 0 && t('progress', { done, total })}
      </span>
    </Banner>
  )
}
