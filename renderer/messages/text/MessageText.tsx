import { clsx } from 'clsx'
import { useId, useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { markdownOf, type Block } from '../../../shared/text/markdown.ts'
import { Button } from '../../ui/forms/Button.tsx'
import { CodeBlock } from './CodeBlock.tsx'
import { isEmojiAlone, isFolded } from './look.ts'
import styles from './MessageText.module.css'
import { Pieces } from './Pieces.tsx'

interface Props {
  /** Of the message; an unfolded text stays so. */
  id: string
  /** The text as it was typed. */
  content: string
  /** The name whose mentions stand out; null for none. */
  person: string | null
  /** Whether all of it has to be in view. */
  isSought: boolean
  /** Whether the text still waits to be sent. */
  isQueued: boolean
  /** What stands after the last word. */
  end: ReactNode
}

interface BlocksProps {
  blocks: readonly Block[]
  /** What stands after the last word. */
  end?: ReactNode
}

/** @param end what stands after its last word. */
const BlockView = ({ block, end }: { block: Block; end: ReactNode }) => {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className={styles.paragraph} dir="auto" data-block>
          <Pieces of={block.children} />
          {end}
        </p>
      )
    case 'heading':
      return (
        <p className={clsx(styles.paragraph, styles.heading)} dir="auto" data-block>
          <Pieces of={block.children} />
          {end}
        </p>
      )
    case 'code':
      return (
        <>
          <CodeBlock code={block.text} language={block.language} />
          {end}
        </>
      )
    case 'quote':
      return (
        <>
          <blockquote className={styles.quote} dir="auto">
            <Blocks blocks={block.children} />
          </blockquote>
          {end}
        </>
      )
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index} dir="auto">
          <Blocks blocks={item} />
        </li>
      ))
      return (
        <>
          {block.start === null ? (
            <ul className={styles.list} dir="auto">
              {items}
            </ul>
          ) : (
            <ol className={styles.list} dir="auto" start={block.start}>
              {items}
            </ol>
          )}
          {end}
        </>
      )
    }
  }
}

const Blocks = ({ blocks, end }: BlocksProps) =>
  blocks.map((block, index) => (
    <BlockView key={index} block={block} end={index === blocks.length - 1 ? end : undefined} />
  ))

/** The messages that were unfolded: they stay so while the window is open, also after they were out of view. */
const unfolded = new Set<string>()

/**
 * A message's text: Markdown as a tree of our own elements, never HTML. Its text nodes are exactly its plain text (`plainText`), without
 * the line breaks between blocks. A long one shows its beginning until somebody asks for the rest, jumps into it, or focuses a part of it.
 */
export const MessageText = ({ id, content, person, isSought, isQueued, end }: Props) => {
  const { t } = useTranslation('messages')
  const text = useId()
  const blocks = useMemo(() => markdownOf(content, person), [content, person])
  const isLong = useMemo(() => isFolded(content), [content])
  const [isOpen, setOpen] = useState(() => unfolded.has(id))
  const show = (open: boolean): void => {
    if (open) unfolded.add(id)
    else unfolded.delete(id)
    setOpen(open)
  }
  if (isLong && isSought && !isOpen) show(true)
  return (
    <>
      <div
        id={isLong ? text : undefined}
        className={styles.text}
        data-queued={isQueued || undefined}
        data-large={isEmojiAlone(content) || undefined}
        data-folded={(isLong && !isOpen) || undefined}
        onFocus={isLong && !isOpen ? () => show(true) : undefined}
      >
        <Blocks blocks={blocks} end={end} />
      </div>
      {isLong && (
        <Button
          variant="quiet"
          size="small"
          aria-expanded={isOpen}
          aria-controls={text}
          onClick={() => show(!isOpen)}
        >
          {t(isOpen ? 'showLess' : 'showMore')}
        </Button>
      )}
    </>
  )
}
