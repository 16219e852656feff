import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasDesktop } from '../../store/surface.ts'
import { useMessenger, useSend, useStore } from '../../store/use-store.ts'
import { IconButton } from '../../ui/forms/IconButton.tsx'
import styles from './CodeBlock.module.css'
import { highlight, type Token } from './highlight.ts'

interface Props {
  code: string
  /** As it stands after the fence; null if there is none. */
  language: string | null
}

const Tokens = ({ of }: { of: readonly Token[] }) =>
  of.map((token, index) =>
    typeof token === 'string' ? (
      token
    ) : (
      <span key={index} data-token={token.token}>
        <Tokens of={token.children} />
      </span>
    ),
  )

/** A block of code, in colours once they are there, and a button that copies it. */
export const CodeBlock = ({ code, language }: Props) => {
  const { t } = useTranslation(['messages', 'common'])
  const { store } = useMessenger()
  const send = useSend()
  const desktop = useStore(hasDesktop)
  const [coloured, setColoured] = useState<{ code: string; tokens: Token[] | null } | null>(null)
  useEffect(() => {
    if (language === null) return undefined
    let isGone = false
    // Without the colours the code is all there.
    highlight(code, language).then(
      tokens => !isGone && setColoured({ code, tokens }),
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [code, language])
  const copy = async (): Promise<void> => {
    if ((await send('copyText', { text: code })) !== undefined) store.getState().notify(t('common:copied'))
  }
  return (
    <div className={styles.block}>
      {/* Wide code is scrolled sideways, also by keyboard. */}
      <pre className={styles.code} dir="ltr" data-block tabIndex={0} role="region" aria-label={t('code')}>
        <code>{coloured?.code === code && coloured.tokens ? <Tokens of={coloured.tokens} /> : code}</code>
      </pre>
      {desktop && (
        <IconButton className={styles.copy} size="small" label={t('copyCode')} onClick={() => void copy()}>
          <Copy />
        </IconButton>
      )}
    </div>
  )
}
