import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '../../ui/overlays/ConfirmDialog.tsx'
import { useStore } from '../../store/use-store.ts'
import styles from './OpenLinkDialog.module.css'
import { useOpenLink } from './use-open-link.ts'

interface Props {
  /** The address that opens. */
  href: string
  trueHost: string
}

/** Asks before opening an address that looks like another one, and shows its real host. */
export const OpenLinkDialog = ({ href, trueHost }: Props) => {
  const { t } = useTranslation('messages')
  const openLink = useOpenLink()
  const close = useStore(state => state.closeDialog)
  return (
    <ConfirmDialog
      title={t('openLinkTitle', { host: trueHost })}
      text={
        <>
          {t('openLinkText')} <bdi className={styles.address}>{href}</bdi>
        </>
      }
      keep={t('openLinkKeep')}
      confirm={t('openLinkConfirm')}
      onConfirm={() => openLink(href)}
      onClose={close}
    />
  )
}
