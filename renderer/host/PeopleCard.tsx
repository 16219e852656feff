import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostMeasure } from '../../shared/contract/host-measure.ts'
import type { HostGuest, ServerId } from '../../shared/contract/model.ts'
import { PersonMenu } from '../people/PersonMenu.tsx'
import { Avatar } from '../ui/marks/Avatar.tsx'
import { Button } from '../ui/forms/Button.tsx'
import { Card } from '../ui/layout/Card.tsx'
import { Notice } from '../ui/layout/Notice.tsx'
import { useDesktop, useStore } from '../store/use-store.ts'
import { languageOfWindow } from '../store/surface.ts'
import { FreeNameDialog } from './FreeNameDialog.tsx'
import styles from './PeopleCard.module.css'

/** Loopback addresses, including IPv4-mapped IPv6. */
const isHere = (address: string): boolean => /^(::ffff:)?127\.|^::1$|^localhost$/.test(address)

interface Props {
  /** The id of the box as a server. */
  serverId: ServerId
  people: readonly HostGuest[]
  measure: HostMeasure | undefined
}

/** The people connected to the box, with address and time. */
export const PeopleCard = ({ serverId, people, measure }: Props) => {
  const { t } = useTranslation('host')
  const [freeing, setFreeing] = useState(false)
  const language = useStore(languageOfWindow)
  const most = useDesktop(desktop => desktop.settings.host.perAddress)
  const address = measure?.crowdedAddress ?? null
  const me = useStore(state => state.person?.name)
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return (
    <Card
      title={t('people')}
      note={people.length > 0 ? t('peopleCount', { count: people.length }) : ''}
      action={
        <Button variant="quiet" size="small" onClick={() => setFreeing(true)}>
          {t('freeName')}…
        </Button>
      }
    >
      {freeing && <FreeNameDialog serverId={serverId} onClose={() => setFreeing(false)} />}
      {people.length === 0 && <p className={styles.none}>{t('peopleEmpty')}</p>}
      {address !== null && (
        <div className={styles.crowded}>
          <Notice>{t('crowded', { address, most })}</Notice>
        </div>
      )}
      <ul>
        {people.map((guest, index) => (
          // Two connections of one person at one address have no lasting difference.
          <li key={`${guest.name} ${guest.address} ${guest.since} ${index}`} className={styles.guest}>
            {/* The same avatar as beside their messages; the person's own has no id. */}
            <Avatar name={guest.name} size="small" />
            {guest.name === me ? (
              <b title={guest.name} dir="auto">
                {guest.name}
              </b>
            ) : (
              <PersonMenu serverId={serverId} personId={guest.personId} name={guest.name}>
                <button type="button" className={styles.person} title={guest.name}>
                  <b dir="auto">{guest.name}</b>
                </button>
              </PersonMenu>
            )}
            <span>{isHere(guest.address) ? t('here') : guest.address}</span>
            <time dateTime={new Date(guest.since).toISOString()}>{time.format(guest.since)}</time>
          </li>
        ))}
      </ul>
    </Card>
  )
}
