/** `Notification`: kept, drawn nowhere; `Notification.prototype.show` is what specs listen at. */
import { EventEmitter } from 'node:events'

export class Notification extends EventEmitter {
  readonly title: string
  readonly body: string
  readonly silent: boolean

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    queueMicrotask(() => this.emit('show', {}))
  }

  close(): void {
    queueMicrotask(() => this.emit('close', {}))
  }
}
