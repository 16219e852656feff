import { dialog, type BrowserWindow, type FileFilter } from 'electron'

/** @returns where the person wants a file; null if they want none. @param suggested a path, or the name in the system's usual folder. */
export const chooseTarget = async (
  window: BrowserWindow,
  suggested: string,
  filter: FileFilter,
): Promise<string | null> => {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: suggested,
    filters: [filter],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled || filePath === '' ? null : filePath
}
