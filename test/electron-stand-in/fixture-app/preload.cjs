const { contextBridge, ipcRenderer } = require('electron')

contextBridge.exposeInMainWorld('bridge', {
  echo: value => ipcRenderer.invoke('echo', value),
  fail: () => ipcRenderer.invoke('fail'),
  nobody: () => ipcRenderer.invoke('nobody'),
  onMessage: listener => {
    const onMessage = (_event, text) => listener(text)
    ipcRenderer.on('message', onMessage)
    return () => ipcRenderer.off('message', onMessage)
  },
})
