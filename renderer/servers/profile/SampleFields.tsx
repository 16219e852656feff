import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  guessProfile,
  longestSample,
  messageParts,
  type Guess,
  type MessagePart,
  type SampleField,
} from '../../../shared/contract/guess-profile.ts'
import { AreaField } from '../../ui/forms/AreaField.tsx'
import { SelectField } from '../../ui/forms/SelectField.tsx'
import { fillFromSample, meaningIn, withMeaning } from './sample.ts'
import { Group } from './Section.tsx'
import styles from './profile.module.css'
import { useProfile } from './use-profile-form.ts'

const nothing = { sample: '', guess: null }

/** Fills in how messages are written from one of them, which is pasted; each of its fields then shows what it is taken for. */
export const SampleFields = () => {
  const { t } = useTranslation('profile')
  const { edit } = useProfile()
  const [{ sample, guess }, setRead] = useState<{ sample: string; guess: Guess | null }>(nothing)
  const read = (sample: string): void => {
    const guess = guessProfile(sample)
    setRead({ sample, guess })
    if (guess) edit({ edit: 'change', change: draft => fillFromSample(draft, guess) })
  }
  const isWrong = sample.trim() !== '' && guess === null
  return (
    <Group title={t('sample.title')} hint={t('sample.hint')}>
      <AreaField
        label={t('sample.paste')}
        hideLabel
        maxLength={longestSample}
        value={sample}
        error={isWrong ? t('sample.wrong') : null}
        onChange={event => read(event.target.value)}
      />
      {guess && (
        <ul className={styles.rows} aria-label={t('sample.fields')}>
          {guess.fields.map(field => (
            <li key={field.path}>
              <Meaning field={field} />
            </li>
          ))}
        </ul>
      )}
    </Group>
  )
}

/** One field of the sample, and what it is taken for. */
const Meaning = ({ field: { path, value } }: { field: SampleField }) => {
  const { t } = useTranslation('profile')
  const { draft, edit } = useProfile()
  const options = [
    { value: '', label: t('sample.nothing') },
    ...messageParts.map(part => ({ value: part, label: t(`body.${part}`) })),
  ]
  return (
    <SelectField
      label={path}
      hint={value}
      value={meaningIn(draft, path) ?? ''}
      options={options}
      onChange={part =>
        edit({
          edit: 'change',
          change: now => withMeaning(now, path, part === '' ? null : (part as MessagePart)),
        })
      }
    />
  )
}
