/**
 * Draws the PNGs in `resources/` from the SVGs beside them, with Chromium, which knows light, gradients and edges best.
 * Run it after a change of an SVG and commit what it wrote: `npx node scripts/make-icons.mjs`.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { chromium } from '@playwright/test'

const resources = resolve(import.meta.dirname, '../resources')

/** Says that something is unread: white, since the icon is orange, with an edge for light panels. */
const dot = '<circle cx="25" cy="7" r="6" fill="#ffffff" stroke="#1f1b17" stroke-width="2"/>'

/** @param {string} name */
const drawing = name => readFile(resolve(resources, name), 'utf8')

const large = await drawing('app-icon.svg')
const small = await drawing('app-icon-small.svg')
const template = await drawing('tray-16.svg')
const unread = small.replace('</svg>', `${dot}</svg>`)
const badge = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#f2701d" stroke="#1f1b17"/></svg>`

/** What is drawn at which size in pixels; `@2x` is Electron's name for twice the size. */
const pictures = [
  { file: 'icon.png', svg: large, size: 1024 },
  { file: 'tray.png', svg: small, size: 24 },
  { file: 'tray@2x.png', svg: small, size: 48 },
  { file: 'tray-unread.png', svg: unread, size: 24 },
  { file: 'tray-unread@2x.png', svg: unread, size: 48 },
  // macOS colours templates itself; it is told of unread messages by the title beside them.
  { file: 'trayTemplate.png', svg: template, size: 16 },
  { file: 'trayTemplate@2x.png', svg: template, size: 32 },
  // Windows lays it over the icon in the task bar.
  { file: 'badge.png', svg: badge, size: 16 },
  { file: 'badge@2x.png', svg: badge, size: 32 },
]

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage()
  for (const { file, svg, size } of pictures) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    )
    await page.screenshot({ path: resolve(resources, file), omitBackground: true })
  }
} finally {
  await browser.close()
}
