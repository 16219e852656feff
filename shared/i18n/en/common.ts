/** What several parts of the window say. */
export const common = {
  cancel: 'Cancel',
  save: 'Save',
  dismiss: 'Dismiss',
  waiting: 'Something you opened is waiting. It appears when you close this.',
  copied: 'Copied',
  back: 'Back',
  menu: 'Menu',
  jump: 'Find a room or message',
  minimize: 'Minimize',
  maximize: 'Maximize',
  restore: 'Restore',
  close: 'Close',
  quit: 'Quit Stompbox',
  windowFailed: 'Something went wrong in this window',
  restart: 'Try again',
} as const
