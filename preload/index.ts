/** Gives the window its bridge: two fixed channels, and nothing of Electron. */
import { contextBridge, ipcRenderer } from 'electron'
import type { EventBatch } from '../shared/contract/api.ts'
import type { Bridge } from '../shared/bridge/bridge.ts'
import { commandChannel, eventChannel } from '../shared/contract/channels.ts'
import type { Result } from '../shared/contract/errors.ts'

const bridge: Bridge = {
  command: (name, input) => ipcRenderer.invoke(commandChannel, { name, input }) as Promise<Result<unknown>>,
  onEvents: listener => {
    const take = (_event: unknown, batch: EventBatch): void => listener(batch)
    ipcRenderer.on(eventChannel, take)
    return () => void ipcRenderer.off(eventChannel, take)
  },
}

contextBridge.exposeInMainWorld('messenger', bridge)
