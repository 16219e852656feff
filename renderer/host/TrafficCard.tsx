import { useTranslation } from 'react-i18next'
import type { HostMeasure } from '../../shared/contract/host-measure.ts'
import { Card } from '../ui/layout/Card.tsx'
import { byteSize } from './byte-size.ts'
import { ratesOf } from './rates.ts'
import { Sparkline } from './Sparkline.tsx'
import styles from './TrafficCard.module.css'

/** The box's traffic. @param measures of the last minute, oldest first. */
export const TrafficCard = ({ measures }: { measures: readonly HostMeasure[] }) => {
  const { t, i18n } = useTranslation('host')
  const numbers = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 })
  const format = (value: number): string => numbers.format(value)
  const size = (bytes = 0): string => byteSize(i18n.language, bytes)
  const latest = measures.at(-1)
  const rates = ratesOf(measures, ({ messages }) => messages)
  const now = format(rates.at(-1)?.perSecond ?? 0)
  const most = format(Math.max(0, ...rates.map(({ perSecond }) => perSecond)))
  const delivered = ratesOf(measures, ({ deliveries }) => deliveries).at(-1)?.perSecond ?? 0
  return (
    <Card title={t('traffic')} note={t('lastMinute')}>
      <div className={styles.pulse}>
        <p className={styles.now}>
          <b>{now}</b>
          <span>{t('perSecond')}</span>
        </p>
        <Sparkline rates={rates} label={t('trafficChart', { now, most })} format={format} />
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('delivered')}</dt>
          <dd>
            {format(latest?.deliveries ?? 0)}{' '}
            <small>{t('deliveredPerSecond', { rate: format(delivered) })}</small>
          </dd>
        </div>
        <div>
          <dt>{t('waiting')}</dt>
          <dd>{size(latest?.backlogBytes)}</dd>
        </div>
        <div title={t('furthestBehindHint')}>
          <dt>{t('furthestBehind')}</dt>
          <dd>{size(latest?.longestBacklogBytes)}</dd>
        </div>
        <div title={t('memoryHint')}>
          <dt>{t('memory')}</dt>
          <dd>{size(latest?.memoryBytes)}</dd>
        </div>
      </dl>
    </Card>
  )
}
