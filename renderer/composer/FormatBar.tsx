import { Bold, Code, Italic, List, SquareCode, Strikethrough, TextQuote } from 'lucide-react'
import { Toolbar } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/forms/IconButton.tsx'
import styles from './FormatBar.module.css'
import { formatKeys, formats, type Format } from './formatting.ts'

const icons = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  code: Code,
  codeBlock: SquareCode,
  quote: TextQuote,
  list: List,
}

/** Formats what is selected in the composer. One stop of the Tab key; the arrow keys go along it. */
export const FormatBar = ({ format }: { format: (format: Format) => void }) => {
  const { t } = useTranslation('composer')
  return (
    <Toolbar.Root className={styles.bar} aria-label={t('formatting')}>
      {formats.map(name => {
        const Icon = icons[name]
        const { shift, name: key } = formatKeys[name]
        return (
          <Toolbar.Button key={name} asChild>
            <IconButton
              size="small"
              label={t(`format.${name}`)}
              keys={['mod', ...(shift ? ['shift'] : []), key]}
              // The field keeps the focus and its selection.
              onMouseDown={event => event.preventDefault()}
              onClick={() => format(name)}
            >
              <Icon />
            </IconButton>
          </Toolbar.Button>
        )
      })}
    </Toolbar.Root>
  )
}
