/** How a room is written to a file: a beginning, a piece for each message, and an end. */
import type { ExportFormat } from '../../shared/contract/desktop-commands.ts'
import { deletedType, type Language, type Message } from '../../shared/contract/model.ts'

export interface ExportedRoom {
  name: string
  topic: string
  server: string
  /** When it was exported. Milliseconds since the epoch. */
  at: number
}

/** The sentences of a file that people read. */
export interface ExportWords {
  language: Language
  /** In place of the text of a deleted message. */
  deleted: string
  /** Beside a message that was not sent yet. */
  unsent: string
}

export interface Format {
  /** The ending of the file's name. */
  ending: string
  begin: (room: ExportedRoom, words: ExportWords) => string
  /** @param index counts the messages from 0. */
  message: (message: Message, index: number, words: ExportWords) => string
  end: string
}

/** @returns the time in UTC; empty for one that no calendar has. */
const timeOf = (milliseconds: number): string => {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

const isUnsent = ({ delivery }: Message): boolean => delivery !== null && delivery !== 'confirmed'

const textOf = ({ type, content }: Message, { deleted }: ExportWords): string =>
  type === deletedType ? deleted : content

const json: Format = {
  ending: 'json',
  begin: ({ at, ...room }) =>
    `${JSON.stringify({ format: 'stompbox-room', version: 1, ...room, exportedAt: timeOf(at) }).slice(0, -1)},"messages":[`,
  message: ({ id, type, sender, senderId, sentAt, content, offset, own, delivery }, index) =>
    `${index > 0 ? ',' : ''}\n${JSON.stringify({ id, type, sender, senderId, sentAt: timeOf(sentAt), content, offset, own, delivery })}`,
  end: '\n]}\n',
}

/** Text that begins like this is a formula to a spreadsheet, which may send what is beside it to somebody. */
const formula = /^[\s\u200B\uFEFF]*[=+\-@＝＋－＠]|^[\t\r]/

const cell = (text: string): string => `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
const line = (...cells: string[]): string => `${cells.map(cell).join(',')}\r\n`

const csv: Format = {
  ending: 'csv',
  // Without the mark, Excel takes UTF-8 for something else.
  begin: () => `\uFEFF${line('time', 'sender', 'text', 'type', 'id')}`,
  message: (message, _index, words) =>
    line(timeOf(message.sentAt), message.sender, textOf(message, words), message.type, message.id),
  end: '',
}

/** In a heading or a line of its own, where nothing may be markup. */
const plain = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]()#+!|~]/g, String.raw`\$&`)
    .replaceAll('<', '&lt;')
    .replaceAll(/\s+/g, ' ')

const markdown: Format = {
  ending: 'md',
  begin: ({ name, topic, server, at }) =>
    `# ${plain(name)}\n\n${[topic, server].filter(Boolean).map(plain).join(' · ')} · ${timeOf(at)}\n`,
  // A quotation keeps every line of the text out of the structure of the file.
  message: (message, _index, words) => {
    const unsent = isUnsent(message) ? ` · ${words.unsent}` : ''
    const lines = textOf(message, words)
      .replaceAll('<', '&lt;')
      .split(/\r\n|[\n\r\u2028\u2029]/)
    return `\n**${plain(message.sender)}** · ${timeOf(message.sentAt)}${unsent}\n\n${lines.map(text => `> ${text}`).join('\n')}\n`
  },
  end: '',
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, character => entities[character] ?? '')

const style = `
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1c1b1a; background: #fff }
header { margin-bottom: 2rem; border-bottom: 1px solid #d8d5d0 }
article { margin: 0 0 1rem } time, .note { color: #6b6864; font-size: .85em } p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { body { color: #eceae7; background: #191817 } header { border-color: #3a3835 } time, .note { color: #9d9a95 } }`

const html: Format = {
  ending: 'html',
  begin: ({ name, topic, server, at }, { language }) => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(name)}</title>
<style>${style}
</style>
</head>
<body>
<header><h1>${escaped(name)}</h1><p class="note">${escaped([topic, server].filter(Boolean).join(' · '))} · ${timeOf(at)}</p></header>
<main>
`,
  message: (message, _index, words) => {
    const time = timeOf(message.sentAt)
    const unsent = isUnsent(message) ? ` <span class="note">${escaped(words.unsent)}</span>` : ''
    const note = message.type === deletedType ? ' class="note"' : ''
    return `<article><b>${escaped(message.sender)}</b> <time datetime="${time}">${time}</time>${unsent}<p${note}>${escaped(textOf(message, words))}</p></article>\n`
  },
  end: '</main>\n</body>\n</html>\n',
}

export const formats: Record<ExportFormat, Format> = { json, markdown, csv, html }
