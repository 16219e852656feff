/** What the entry of the desktop's window finds when it starts: a page, and the bridge. To be imported before the entry. */
import { aSnapshot, windowBridge } from './window-bridge.ts'

const root = document.createElement('div')
root.id = 'root'
document.body.append(root)

export const bridge = windowBridge(aSnapshot)
window.messenger = bridge
