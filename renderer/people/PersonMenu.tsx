import { MessageCircle } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { Menu } from '../ui/Menu.tsx'
import { useWriteTo } from './use-write-to.ts'

interface Props {
  /** A Stompbox host. */
  serverId: ServerId
  personId: string
  name: string
  /** The button that opens the menu. */
  children: ReactElement
}

/** What one can do about somebody wherever they are seen: write to them. */
export const PersonMenu = ({ serverId, personId, name, children }: Props) => {
  const { t } = useTranslation('people')
  const writeTo = useWriteTo()
  return (
    <Menu
      title={name}
      entries={[
        {
          label: t('writeTo', { name }),
          icon: <MessageCircle />,
          select: () => void writeTo(serverId, personId),
        },
      ]}
    >
      {children}
    </Menu>
  )
}
