/** The size of what the window loads before it paints: its page, with the scripts and styles that the page names. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Comparison } from '../harness.ts'

const folder = join(import.meta.dirname, '../../out/renderer')
/** Bytes, gzipped. */
const most = 350_000

/** @returns the files that a page loads at once, relative to its folder. */
const filesOf = (page: string): string[] =>
  [...page.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="(?:\.?\/)?([^"]+\.(?:js|css))"/g)].map(
    ([, file = '']) => file,
  )

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`

/** The scripts and styles of the built window at first paint, gzipped. What is loaded when it is used does not count. */
export const measureFirstPaint = (): Comparison => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const files = filesOf(page)
  if (files.length === 0) throw new Error('The page of the window names no script.')
  const size = files.reduce((bytes, file) => bytes + gzipSync(readFileSync(join(folder, file))).length, 0)
  return {
    name: 'scripts and styles of the window at first paint, gzipped',
    baseline: `at most: ${kilobytes(most)}`,
    candidate: `window: ${kilobytes(size)}`,
    ratio: most / size,
    bar: 1,
  }
}
