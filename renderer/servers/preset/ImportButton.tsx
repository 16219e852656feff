import { FileInput } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { longestProfileFile, parseProfileFile } from '../../../shared/contract/profile-file.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { draftOf } from '../profile/draft.ts'
import { useProfile } from '../profile/use-profile-form.ts'
import styles from './Preset.module.css'

/** The most bytes that one UTF-16 unit takes in UTF-8. */
const bytesPerUnit = 3

/** Fills the form from a file that somebody has exported. Nothing is saved before the person says so. */
export const ImportButton = () => {
  const { t } = useTranslation('profile')
  const { edit } = useProfile()
  const input = useRef<HTMLInputElement>(null)
  const [told, setTold] = useState<string | null>(null)
  const read = async (file: File): Promise<void> => {
    if (file.size > longestProfileFile * bytesPerUnit) {
      setTold(t('file.too-long', { name: file.name }))
      return
    }
    const text = await file.text().catch(() => '')
    const result = parseProfileFile(text)
    if ('profile' in result) {
      edit({ edit: 'change', change: () => draftOf(result.profile) })
      setTold(t('file.imported', { name: file.name }))
    } else {
      const at = result.problem === 'wrong' ? (result.issues[0]?.path.join('.') ?? '') : ''
      setTold(t(`file.${result.problem}`, { name: file.name, at }))
    }
  }
  return (
    <div className={styles.preset}>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('file.import')}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          if (file) void read(file)
          // The same file can be chosen again.
          currentTarget.value = ''
        }}
      />
      <Button variant="quiet" size="small" onClick={() => input.current?.click()}>
        <FileInput />
        {t('file.import')}
      </Button>
      <p className={styles.told} role="status">
        {told}
      </p>
    </div>
  )
}
