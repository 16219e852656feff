import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { presetNames, type PresetName } from '../../../shared/contract/presets.ts'
import { useErrorText } from '../../i18n/use-error-text.ts'
import { useAttempt } from '../../store/use-attempt.ts'
import { useMessenger } from '../../store/use-store.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { SelectField } from '../../ui/forms/SelectField.tsx'
import { fillTypedAddress, readTypedAddress } from '../doctor/typed-address.ts'
import { useProfile } from '../profile/use-profile-form.ts'
import styles from './Preset.module.css'
import { matches, presetIn, withPreset } from './preset-draft.ts'

/** Which kind of server it is: chosen by the person, or recognised by what the server answers. */
export const PresetField = () => {
  const { t } = useTranslation('profile')
  const { api } = useMessenger()
  const { draft, edit } = useProfile()
  const errorText = useErrorText()
  const { attempt, busy, error } = useAttempt()
  const [chosen, setChosen] = useState<PresetName | null>(null)
  const [told, setTold] = useState<string | null>(null)
  const options = presetNames.map(value => ({ value, label: t(`preset.${value}`) }))
  const choose = (name: PresetName): void => {
    setChosen(name)
    edit({ edit: 'change', change: now => withPreset(now, name) })
  }
  const ask = (form: HTMLFormElement | null): void => {
    const typed = readTypedAddress(form)
    if (typed.url === '') {
      setTold(t('preset.urlMissing'))
      return
    }
    setTold(null)
    void attempt(async () => {
      const { url, server, preset, by } = await api.call('recogniseServer', typed)
      if (readTypedAddress(form).url === typed.url) fillTypedAddress(form, { url })
      if (preset) choose(preset)
      const name = preset ? t(`preset.${preset}`) : ''
      setTold(t(`preset.found.${preset ? by : 'none'}`, { server: server ?? '', preset: name }))
    })
  }
  return (
    <div className={styles.preset}>
      <SelectField
        label={t('preset.title')}
        value={chosen && matches(draft, chosen) ? chosen : presetIn(draft)}
        options={options}
        onChange={value => choose(value as PresetName)}
      />
      <Button variant="quiet" size="small" disabled={busy} onClick={event => ask(event.currentTarget.form)}>
        {t('preset.recognise')}
      </Button>
      <p className={styles.told} role="status">
        {busy ? t('preset.asking') : error ? errorText(error) : told}
      </p>
    </div>
  )
}
