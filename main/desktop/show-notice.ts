import { Notification } from 'electron'
import type { Notice } from './notifications.ts'

/** Linux notification servers interpret the body as markup (Desktop Notifications Specification, "Markup"). */
const asBody = (text: string): string =>
  process.platform === 'linux'
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text

/** Shows a notification where the operating system supports it. @returns a function that removes it. */
export const showNotice = ({ title, body }: Notice, onClick: () => void): (() => void) => {
  if (!Notification.isSupported()) return () => undefined
  const notification = new Notification({ title, body: asBody(body) })
  notification.on('click', onClick)
  notification.show()
  return () => notification.close()
}
