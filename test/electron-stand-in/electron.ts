/**
 * The stand-in's `electron` module for the main process: Electron's rules over Node and Chromium, as much of them as the app uses.
 * What is missing is missing, so that using it fails at once.
 */
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { clipboard } from './clipboard.ts'
export { dialog } from './dialog.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu, MenuItem } from './menu.ts'
export { nativeImage } from './native-image.ts'
export { nativeTheme } from './native-theme.ts'
export { net } from './net.ts'
export { Notification } from './notification.ts'
export { powerMonitor } from './power-monitor.ts'
export { protocol } from './protocol.ts'
export { safeStorage } from './safe-storage.ts'
export { screen } from './screen.ts'
export { session } from './session.ts'
export { shell } from './shell.ts'
export { Tray } from './tray.ts'
export { webContents } from './web-contents.ts'
