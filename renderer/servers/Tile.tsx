import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerId } from '../../shared/contract/model.ts'
import { Badge } from '../ui/marks/Badge.tsx'
import { Lamp } from '../ui/marks/Lamp.tsx'
import { Tooltip } from '../ui/marks/Tooltip.tsx'
import { useStore } from '../store/use-store.ts'
import { unreadOf } from './unread.ts'
import styles from './Tile.module.css'

interface TileProps {
  label: string
  children: ReactNode
  onClick: () => void
  /** Without a background until the pointer is over it. */
  plain?: boolean
  current?: boolean
  pressed?: boolean
  /** The badge at its corner. */
  corner?: ReactNode
  /** The name for screen readers, where it differs from the label. */
  spoken?: string
}

/** A square of the rail. */
export const Tile = ({ label, children, onClick, plain, current, pressed, corner, spoken }: TileProps) => (
  <Tooltip text={label} side="right">
    <button
      type="button"
      className={clsx(styles.tile, plain && styles.plain)}
      aria-label={spoken ?? label}
      aria-current={current ? 'page' : undefined}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <span className={styles.face}>{children}</span>
      {corner}
    </button>
  </Tooltip>
)

interface ServerTileProps extends Pick<TileProps, 'label' | 'children' | 'current' | 'onClick'> {
  /** Null for a box that has never been switched on. */
  serverId: ServerId | null
  /** Whether its lamp is lit; undefined for servers without a lamp. */
  lamp?: boolean
}

/** The tile of a server: a dot for unread messages, an orange number for mentions. */
export const ServerTile = ({ serverId, label, lamp, ...tile }: ServerTileProps) => {
  const { t } = useTranslation('servers')
  const isInvited = useStore(({ rooms }) =>
    Object.values(rooms).some(room => room.serverId === serverId && room.invitedBy !== null),
  )
  const unread = useStore(state => unreadOf(state.rooms, serverId).unread)
  const mentions = useStore(state => unreadOf(state.rooms, serverId).mentions)
  const mentionText = t('mentions', { name: label, count: mentions })
  const spoken = mentions > 0 ? mentionText : unread > 0 || isInvited ? t('unread', { name: label }) : label
  const sign =
    mentions > 0 ? (
      <Badge count={mentions} mention label={mentionText} className={styles.badge} />
    ) : (
      (unread > 0 || isInvited) && <i className={styles.unread} />
    )
  const light = lamp !== undefined && <Lamp lit={lamp} className={clsx(styles.lamp, sign && styles.low)} />
  return (
    <Tile
      label={label}
      spoken={spoken}
      corner={
        <>
          {sign}
          {light}
        </>
      }
      {...tile}
    />
  )
}
