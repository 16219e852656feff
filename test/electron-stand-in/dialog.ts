/** `dialog`: what a dialog would say goes to the terminal; the answer is the one that cancels. No file is chosen. */

interface MessageBox {
  message: string
  detail?: string
  defaultId?: number
  cancelId?: number
}

const print = (...lines: (string | undefined)[]): void => {
  process.stderr.write(`${lines.filter(Boolean).join('\n')}\n`)
}

export const dialog = {
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] as string[] }),
  showErrorBox: (title: string, content: string): void => print(title, content),
  showMessageBox: ({ message, detail, cancelId, defaultId }: MessageBox) => {
    print(message, detail)
    return Promise.resolve({ response: cancelId ?? defaultId ?? 0, checkboxChecked: false })
  },
}
