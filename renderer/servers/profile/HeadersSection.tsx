import { useTranslation } from 'react-i18next'
import { HeaderRows, ToldRows } from './HeaderRows.tsx'
import { Section } from './Section.tsx'

/** What the server is told beside what Stompbox tells it anyway. */
export const HeadersSection = () => {
  const { t } = useTranslation('profile')
  return (
    <Section title={t('headers.title')}>
      <ToldRows
        at="connect.headers"
        title={t('headers.connect')}
        hint={t('headers.connectHint')}
        add={t('headers.add')}
      />
      <ToldRows
        at="connect.handshake"
        title={t('headers.handshake')}
        hint={t('headers.handshakeHint')}
        add={t('headers.add')}
      />
      <ToldRows
        at="connect.query"
        title={t('headers.query')}
        hint={t('headers.queryHint')}
        add={t('headers.queryAdd')}
      />
      <HeaderRows
        at="frames.subscribe"
        title={t('headers.subscribe')}
        hint={t('headers.frameHint')}
        add={t('headers.add')}
      />
      <HeaderRows
        at="frames.send"
        title={t('headers.send')}
        hint={t('headers.frameHint')}
        add={t('headers.add')}
      />
    </Section>
  )
}
