/** `WebFrameMain`: the main frame of a page; pages of the stand-in reach main from no other. */
import { toApp } from './protocol.ts'

export class WebFrameMain {
  readonly parent = null
  readonly routingId = 1
  readonly processId = 1
  /** Chromium's id. */
  id = ''
  #chromiumUrl = ''

  moveTo(chromiumUrl: string): void {
    this.#chromiumUrl = chromiumUrl
  }

  get top(): this {
    return this
  }

  get url(): string {
    return toApp(this.#chromiumUrl)
  }

  /** Scheme and host, for schemes of the app's own as well. */
  get origin(): string {
    return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(this.url)?.[0] ?? 'null'
  }
}
