import { clsx } from 'clsx'
import { Lamp } from '../ui/marks/Lamp.tsx'
import { lookBack, scaleEnd, type Rate } from './rates.ts'
import styles from './Sparkline.module.css'

const [width, height] = [600, 92]

interface Props {
  /** Rates of the last minute, oldest first. */
  rates: readonly Rate[]
  /** A description of the line in words. */
  label: string
  /** Formats a number of the scale. */
  format: (value: number) => string
}

/** A rate over the last minute: a line with a scale, and a lamp at its end while the rate is above zero. */
export const Sparkline = ({ rates, label, format }: Props) => {
  const end = scaleEnd(Math.max(0, ...rates.map(({ perSecond }) => perSecond)))
  const isStill = rates.every(({ perSecond }) => perSecond === 0)
  const now = rates.at(-1)?.perSecond ?? 0
  const points = isStill
    ? [`0 ${height}`, `${width} ${height}`]
    : rates.map(({ ago, perSecond }) => `${x(ago)} ${y(perSecond / end)}`)
  const line = `M${points.join('L')}`
  return (
    <div className={styles.spark} role="img" aria-label={label}>
      <div className={styles.chart}>
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
          <path className={styles.grid} d={`M0 .5H${width}M0 ${height / 2}H${width}`} />
          {!isStill && <path className={styles.area} d={`${line}V${height}H${x(rates[0]?.ago ?? 0)}Z`} />}
          <path className={clsx(styles.line, isStill && styles.still)} d={line} />
        </svg>
        <span className={styles.end} style={{ top: `${(1 - now / end) * 100}%` }}>
          <Lamp lit={now > 0} />
        </span>
      </div>
      <div className={styles.scale}>
        <span>{format(end)}</span>
        <span>{format(end / 2)}</span>
        <span>{format(0)}</span>
      </div>
    </div>
  )
}

/** Coordinates in the drawing's units, rounded to a tenth, which is finer than a pixel. */
const x = (ago: number): number => Math.round((1 - ago / lookBack) * width * 10) / 10
const y = (part: number): number => Math.round((1 - part) * height * 10) / 10
