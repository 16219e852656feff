import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportRoom, type RoomExport } from '../../../main/export/export-room.ts'
import { safeFileName } from '../../../main/export/file-name.ts'
import { exportFormats, type ExportFormat } from '../../../shared/contract/desktop-commands.ts'
import { general, kept, live, mine, server, home } from '../../shared/core/message-cache/fixtures.ts'
import { newFile, newFolder, openThread } from '../cache/fixtures.ts'
import { aRoom } from '../cache/writing.ts'

const hostile = [
  '=HYPERLINK("http://evil","x")',
  '  +1+1',
  '@SUM(A1)',
  '＝1',
  'two\nlines, "quoted"',
  '<img src=x onerror=alert(1)></p><script>alert(2)</script>',
  '# no heading\n> no quotation\n</article>',
  '안녕하세요 👋',
]

const filledCache = async (history = 1200) => {
  const cache = await openThread(newFile())
  await cache.saveServer(server(home))
  await cache.saveRoom(aRoom('general'))
  await cache.storeMessages(Array.from({ length: history }, (_, n) => kept(`m${n}`, n, n)))
  await cache.storeMessages(
    hostile.map((content, n) =>
      live(`h${n}`, 5000 + n, { content, sender: n === 5 ? '<b>=민준</b>' : '=민준' }),
    ),
  )
  await cache.queueMessage(mine('own', 6000, { content: 'still here' }))
  return cache
}

const exporting = async (format: ExportFormat, change: Partial<RoomExport> = {}) => {
  const progress: [number, number][] = []
  const options: RoomExport = {
    cache: await filledCache(),
    key: general,
    room: { name: '<일반> #1', topic: 'a "topic"', server: 'home', at: 0 },
    format,
    file: join(newFolder(), 'room'),
    words: { language: 'en', deleted: '(deleted)', unsent: 'not sent' },
    onProgress: (done, total) => progress.push([done, total]),
    signal: new AbortController().signal,
    ...change,
  }
  return { options, progress }
}

const exported = async (format: ExportFormat): Promise<string> => {
  const { options, progress } = await exporting(format)
  await exportRoom(options)
  expect(progress.at(-1)).toEqual([1209, 1209])
  expect(progress.length).toBe(3)
  expect(existsSync(`${options.file}.partial`)).toBe(false)
  return readFileSync(options.file, 'utf8')
}

test('JSON has every message in order, each on a line of its own', async () => {
  const value = JSON.parse(await exported('json')) as { name: string; messages: Record<string, unknown>[] }
  expect(value).toMatchObject({ format: 'stompbox-room', version: 1, name: '<일반> #1', server: 'home' })
  expect(value.messages.map(({ content }) => content)).toEqual([
    ...Array.from({ length: 1200 }, (_, n) => `text of m${n}`),
    ...hostile,
    'still here',
  ])
  expect(value.messages[0]).toMatchObject({ id: 'm0', sender: '민준', sentAt: '1970-01-01T00:00:00.000Z' })
})

test('no cell of a CSV begins a formula, and what is in it comes back', async () => {
  const text = await exported('csv')
  expect(text.startsWith('\uFEFF"time","sender","text","type","id"\r\n')).toBe(true)
  const rows = [...text.matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)].map(([, cell]) => cell?.replaceAll('""', '"'))
  expect(rows).toHaveLength(5 * 1210)
  expect(rows.filter(cell => /^\s*[=+@\-＝]/.test(cell ?? ''))).toEqual([])
  for (const content of hostile)
    expect(rows.some(cell => cell === content || cell === `'${content}`)).toBe(true)
})

test('HTML has no markup but its own, and neither scripts nor anything from elsewhere', async () => {
  const text = await exported('html')
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;&lt;/p&gt;&lt;script&gt;')
  expect(text).toContain('<title>&lt;일반&gt; #1</title>')
  expect(text).toContain('still here')
  const tags = new Set([...text.matchAll(/<([a-z!/]+\d?)/g)].map(([, tag]) => tag?.replace('/', '')))
  const ours = '!doctype article b body h1 head header html main meta p span style time title'
  expect([...tags].sort()).toEqual(ours.split(' '))
  expect(text.match(/<article>/g)).toHaveLength(1209)
  expect(text).not.toMatch(/src="|href="|url\(/)
})

test('Markdown keeps what people wrote inside of quotations', async () => {
  const text = await exported('markdown')
  expect(text.startsWith('# &lt;일반> \\#1\n')).toBe(true)
  expect(text).toContain('> # no heading\n> > no quotation\n> &lt;/article>\n')
  expect(text).toContain('· not sent\n\n> still here\n')
  expect(text.split('\n').filter(line => !/^(\*\*|> |# |$|a )/.test(line))).toEqual([])
})

test.each(exportFormats)(
  'a cancelled export leaves nothing, and the file that was there (%s)',
  async format => {
    const abort = new AbortController()
    const { options } = await exporting(format, { signal: abort.signal, onProgress: () => abort.abort() })
    writeFileSync(options.file, 'from before')
    await expect(exportRoom(options)).rejects.toThrow('aborted')
    expect(readFileSync(options.file, 'utf8')).toBe('from before')
    expect(existsSync(`${options.file}.partial`)).toBe(false)
  },
)

test('names of files are safe on every system', () => {
  expect(safeFileName('일반 방')).toBe('일반 방')
  expect(safeFileName('../..\\a:b*c?"<>|\u202Egnp.exe\n')).toBe('_.._a_b_c______gnp.exe_')
  expect(safeFileName(' ... ')).toBe('room')
  expect(safeFileName('CON')).toBe('room CON')
  expect(Buffer.byteLength(safeFileName('👋'.repeat(500)))).toBeLessThanOrEqual(120)
})
