import { useTranslation } from 'react-i18next'
import { SheetHead } from '../ui/layout/SheetHead.tsx'
import { useDesktop } from '../store/use-store.ts'
import { Box } from './Box.tsx'
import { HostSettingsCard } from './HostSettingsCard.tsx'
import { OpenBox } from './OpenBox.tsx'
import styles from './HostPage.module.css'

/** The page of the box: footswitch, invitation, activity, and settings. */
export const HostPage = () => {
  const { t } = useTranslation('host')
  const host = useDesktop(desktop => desktop.host)
  return (
    <>
      <SheetHead title={t('title')} />
      <div className={styles.page}>
        <div className={styles.host}>
          <Box />
          <div className={styles.side}>
            {host.phase === 'on' && <OpenBox host={host} />}
            <HostSettingsCard />
          </div>
        </div>
      </div>
    </>
  )
}
