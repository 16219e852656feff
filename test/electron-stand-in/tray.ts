/** `Tray`: kept, drawn nowhere; `Tray.prototype` is what specs listen at. */
import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import type { Menu } from './menu.ts'
import type { NativeImage } from './native-image.ts'

export class Tray extends EventEmitter {
  image: NativeImage
  menu: Menu | null = null
  toolTip = ''
  #isDestroyed = false

  constructor(image: NativeImage) {
    super()
    if (!app.isReady()) throw new Error('Cannot create Tray before app is ready')
    this.image = image
  }

  setImage(image: NativeImage): void {
    this.image = image
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu
  }

  destroy(): void {
    this.#isDestroyed = true
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }
}
