import { RadioGroup } from 'radix-ui'
import styles from './Segments.module.css'

interface Props<Value extends string> {
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  /** Id of its label. */
  labelledBy: string
}

/** A segmented control: a choice of one from a few values. */
export const Segments = <Value extends string>({ value, options, onChange, labelledBy }: Props<Value>) => (
  <RadioGroup.Root
    className={styles.segments}
    value={value}
    onValueChange={next => {
      const option = options.find(candidate => candidate.value === next)
      if (option) onChange(option.value)
    }}
    orientation="horizontal"
    aria-labelledby={labelledBy}
  >
    {options.map(option => (
      <RadioGroup.Item key={option.value} className={styles.segment} value={option.value}>
        {option.label}
      </RadioGroup.Item>
    ))}
  </RadioGroup.Root>
)
