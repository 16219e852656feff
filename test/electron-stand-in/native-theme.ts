/** `nativeTheme`: light or dark, after the app's wish or a desktop that is light. */
import { EventEmitter } from 'node:events'

type Source = Electron.NativeTheme['themeSource']

class NativeTheme
  extends EventEmitter
  implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  #source: Source = 'system'

  get themeSource(): Source {
    return this.#source
  }

  set themeSource(source: Source) {
    const wasDark = this.shouldUseDarkColors
    this.#source = source
    if (wasDark !== this.shouldUseDarkColors) this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}

export const nativeTheme = new NativeTheme()

/** What pages are to see of it by media queries. */
export const mediaFeatures = (): { name: string; value: string }[] => [
  { name: 'prefers-color-scheme', value: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' },
]
