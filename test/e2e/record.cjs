/* Loaded into the main process before the app (-r), on Electron and on the stand-in alike: keeps what no page can show. */
const electron = require('electron')

const record = { notifications: [], trays: [], opened: [], dialogs: [], files: [] }
globalThis.record = record

const { show } = electron.Notification.prototype
electron.Notification.prototype.show = function () {
  record.notifications.push(this)
  return show.call(this)
}

/** Keeps the last value given to a setter of a tray: Electron has no getters for them. */
const keepOfTray = (method, name) => {
  const set = electron.Tray.prototype[method]
  electron.Tray.prototype[method] = function (value) {
    const kept = record.trays.find(entry => entry.tray === this) ?? { tray: this }
    if (!record.trays.includes(kept)) record.trays.push(kept)
    kept[name] = value
    return set.call(this, value)
  }
}
keepOfTray('setContextMenu', 'menu')
keepOfTray('setToolTip', 'toolTip')

electron.shell.openExternal = async url => {
  record.opened.push(url)
}
electron.dialog.showSaveDialog = async (...given) => {
  record.dialogs.push(given.at(-1))
  const filePath = record.files.shift()
  return { canceled: filePath === undefined, filePath: filePath ?? '' }
}
electron.dialog.showMessageBox = async options => {
  record.dialogs.push(options)
  return { response: options.cancelId ?? 0, checkboxChecked: false }
}
