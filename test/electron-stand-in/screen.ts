/** `screen`: the one display that the stand-in's windows are on. */
import { EventEmitter } from 'node:events'

const area = { x: 0, y: 0, width: 1920, height: 1080 }

const display = {
  id: 1,
  label: '',
  bounds: area,
  workArea: area,
  size: { width: area.width, height: area.height },
  workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1,
  rotation: 0,
  internal: false,
} satisfies Partial<Electron.Display>

export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: (_rectangle: Electron.Rectangle) => display,
})
