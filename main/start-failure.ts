import { dialog, shell } from 'electron'
import type { AppError } from '../shared/contract/errors.ts'
import { escapeControls } from '../shared/text/controls.ts'
import type { Texts } from './texts.ts'

/** Tells the person why the app can't start, and waits until it was read. Nothing on disk is touched. */
export const tellStartFailure = async (error: AppError, texts: Texts): Promise<void> => {
  const { t } = texts
  const detail = texts.explain(error)
  const file = error.params?.file
  // For whoever started it from a terminal, or without a display.
  process.stderr.write(escapeControls(`${t('startFailed')}: ${detail}\n`))
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Stompbox',
    message: t('startFailed'),
    detail,
    buttons: file === undefined ? [t('quit')] : [t('quit'), t('showFile')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  if (response === 1) shell.showItemInFolder(String(file))
}
