import { useTranslation } from 'react-i18next'
import type { Theme } from '../../shared/contract/model.ts'
import { useSetting } from './use-setting.ts'
import styles from './ThemePictures.module.css'

const themes = [
  { value: 'system', label: 'themeSystem', drawn: ['light', 'dark'] },
  { value: 'light', label: 'themeLight', drawn: ['light'] },
  { value: 'dark', label: 'themeDark', drawn: ['dark'] },
] as const satisfies readonly { value: Theme; label: string; drawn: string[] }[]

/** A choice of themes, drawn as small windows. */
export const ThemePictures = () => {
  const { t } = useTranslation('settings')
  const [theme, setTheme] = useSetting('theme')
  return (
    <div className={styles.themes} role="radiogroup" aria-label={t('theme')}>
      {themes.map(({ value, label, drawn }) => (
        <label key={value} className={styles.theme}>
          <input type="radio" name="theme" checked={theme === value} onChange={() => setTheme(value)} />
          <span className={styles.picture}>
            {drawn.map(scheme => (
              <MiniWindow key={scheme} scheme={scheme} />
            ))}
          </span>
          <span className={styles.name}>{t(label)}</span>
        </label>
      ))}
    </div>
  )
}

const MiniWindow = ({ scheme }: { scheme: 'light' | 'dark' }) => (
  <span className={styles.mini} style={{ colorScheme: scheme }} aria-hidden="true">
    <i />
    <span className={styles.list}>
      <i />
      <i />
      <i />
    </span>
    <span className={styles.sheet}>
      <i />
      <i />
      <i />
      <i className={styles.composer} />
    </span>
  </span>
)
