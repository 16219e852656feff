import { clsx } from 'clsx'
import { ChevronDown } from 'lucide-react'
import styles from './Field.module.css'
import { FieldFrame, type FrameProps } from './FieldFrame.tsx'

interface Props extends FrameProps {
  name?: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}

/** A choice of one from a list, with its label, and a hint or an error below. */
export const SelectField = ({ label, hideLabel, hint, error, name, value, options, onChange }: Props) => (
  <FieldFrame label={label} hideLabel={hideLabel} hint={hint} error={error}>
    {aria => (
      <span className={styles.choice}>
        <select
          className={clsx(styles.input, styles.select)}
          name={name}
          value={value}
          onChange={event => onChange(event.target.value)}
          {...aria}
        >
          {options.map(option => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown />
      </span>
    )}
  </FieldFrame>
)
