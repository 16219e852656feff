/** `screen`: the displays that Chromium knows. */
import { EventEmitter } from 'node:events'
import type { CdpSession, Protocol } from './cdp.ts'

type Display = Pick<
  Electron.Display,
  'id' | 'label' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor'
>

/** What windows without a screen think that they are on. */
export const headlessScreen = '{1920x1080}'

const toDisplay = (info: Protocol.Emulation.ScreenInfo): Display => {
  const { left: x, top: y, width, height, availLeft, availTop, availWidth, availHeight } = info
  return {
    id: Number(info.id),
    label: info.label,
    bounds: { x, y, width, height },
    workArea: { x: availLeft, y: availTop, width: availWidth, height: availHeight },
    size: { width, height },
    workAreaSize: { width: availWidth, height: availHeight },
    scaleFactor: info.devicePixelRatio,
  }
}

const overlap = (a: Electron.Rectangle, b: Electron.Rectangle): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

class Screen extends EventEmitter {
  #displays: Display[] = []

  /** Asks Chromium; to be done before the app is ready. */
  async look(browser: CdpSession): Promise<void> {
    const { screenInfos } = await browser.send('Emulation.getScreenInfos')
    this.#displays = screenInfos.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary)).map(toDisplay)
  }

  getAllDisplays(): Display[] {
    return this.#displays
  }

  getPrimaryDisplay(): Display {
    const [primary] = this.#displays
    if (!primary) throw new Error('There is no display before the ready event.')
    return primary
  }

  /** @returns the display that shows most of `rectangle`. */
  getDisplayMatching(rectangle: Electron.Rectangle): Display {
    const primary = this.getPrimaryDisplay()
    return this.#displays.reduce(
      (best, next) => (overlap(next.bounds, rectangle) > overlap(best.bounds, rectangle) ? next : best),
      primary,
    )
  }
}

export const screen = new Screen()
