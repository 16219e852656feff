import { dialog, shell } from 'electron'
import type { AppError } from '../../shared/contract/errors.ts'
import { fileToPutAside } from './start-fresh.ts'
import type { StartAnswer } from './starting.ts'
import type { Texts } from '../desktop/texts.ts'

/** Tells the person why the app can't start, and asks what to do. Nothing on disk changes before the answer. */
export const askAboutStart = async (error: AppError, texts: Texts): Promise<StartAnswer> => {
  const { t } = texts
  const mayStartFresh = fileToPutAside(error) !== null
  const detail = texts.explain(error)
  const file = error.params?.file
  const answers: { label: string; answer: StartAnswer | 'show' }[] = [
    { label: t('tryAgain'), answer: 'again' },
    ...(mayStartFresh ? [{ label: t('startFresh'), answer: 'fresh' as const }] : []),
    ...(file === undefined ? [] : [{ label: t('showFile'), answer: 'show' as const }]),
    { label: t('quit'), answer: 'quit' },
  ]
  // For a start from a terminal, or without a display.
  process.stderr.write(`${t('startFailed')}: ${detail}\n`)
  for (;;) {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: 'Stompbox',
      message: t('startFailed'),
      detail,
      buttons: answers.map(({ label }) => label),
      defaultId: 0,
      cancelId: answers.length - 1,
      noLink: true,
    })
    const answer = answers[response]?.answer ?? 'quit'
    if (answer !== 'show') return answer
    shell.showItemInFolder(String(file))
  }
}
