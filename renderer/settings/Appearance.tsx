import { useTranslation } from 'react-i18next'
import type { Density } from '../../shared/contract/model.ts'
import { Segments } from '../ui/marks/Segments.tsx'
import { Setting } from '../ui/forms/Setting.tsx'
import { Group } from './Group.tsx'
import { ThemePictures } from './ThemePictures.tsx'
import { useSetting } from './use-setting.ts'

/** Theme and density. */
export const Appearance = () => {
  const { t } = useTranslation('settings')
  const [density, setDensity] = useSetting('density')
  const densities: { value: Density; label: string }[] = [
    { value: 'cozy', label: t('cozy') },
    { value: 'compact', label: t('compact') },
  ]
  return (
    <>
      <Group title={t('theme')}>
        <ThemePictures />
      </Group>
      <Group title={t('messages')}>
        <Setting name={t('density')} text={t('densityText')}>
          {ids => (
            <Segments labelledBy={ids.name} value={density} options={densities} onChange={setDensity} />
          )}
        </Setting>
      </Group>
    </>
  )
}
