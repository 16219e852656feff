/** The native context menu where the window shows none of its own: editing and spelling. */
import type { TFunction } from 'i18next'
import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'

export interface ContextMenuActions {
  replaceMisspelling: (word: string) => void
  addToDictionary: (word: string) => void
}

const mostSuggestions = 5

/** @returns the entries; empty if no action applies. */
export const contextMenu = (
  { isEditable, selectionText, misspelledWord, dictionarySuggestions, editFlags }: ContextMenuParams,
  t: TFunction<'desktop'>,
  { replaceMisspelling, addToDictionary }: ContextMenuActions,
): MenuItemConstructorOptions[] => {
  const copy: MenuItemConstructorOptions = { role: 'copy', label: t('menu.copy'), enabled: editFlags.canCopy }
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy]
  const spelling: MenuItemConstructorOptions[] = misspelledWord
    ? [
        ...dictionarySuggestions
          .slice(0, mostSuggestions)
          .map(word => ({ label: word, click: () => replaceMisspelling(word) })),
        { label: t('menu.addToDictionary'), click: () => addToDictionary(misspelledWord) },
        { type: 'separator' },
      ]
    : []
  return [
    ...spelling,
    { role: 'cut', label: t('menu.cut'), enabled: editFlags.canCut },
    copy,
    { role: 'paste', label: t('menu.paste'), enabled: editFlags.canPaste },
    { role: 'selectAll', label: t('menu.selectAll'), enabled: editFlags.canSelectAll },
  ]
}
