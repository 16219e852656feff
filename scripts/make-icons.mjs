/**
 * Renders the PNGs in `resources/` from the SVGs beside them, with Chromium, for its gradients and anti-aliasing. Run
 * it after a change of an SVG and commit the result: `npx node scripts/make-icons.mjs`.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { chromium } from '@playwright/test'

const resources = resolve(import.meta.dirname, '../resources')

/** The mark for unread messages: white, because the icon is orange, with an outline for light panels. */
const dot = '<circle cx="25" cy="7" r="6" fill="#ffffff" stroke="#1f1b17" stroke-width="2"/>'

/** @param {string} name */
const drawing = name => readFile(resolve(resources, name), 'utf8')

const large = await drawing('app-icon.svg')
const small = await drawing('app-icon-small.svg')
const template = await drawing('tray-16.svg')
const unread = small.replace('</svg>', `${dot}</svg>`)
const badge = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#f2701d" stroke="#1f1b17"/></svg>`

/** The files to render, with their sizes in pixels; `@2x` is Electron's name for double size. */
const pictures = [
  { file: 'icon.png', svg: large, size: 1024 },
  { file: 'tray.png', svg: small, size: 24 },
  { file: 'tray@2x.png', svg: small, size: 48 },
  { file: 'tray-unread.png', svg: unread, size: 24 },
  { file: 'tray-unread@2x.png', svg: unread, size: 48 },
  // macOS colours templates itself; unread messages appear in the title beside the icon.
  { file: 'trayTemplate.png', svg: template, size: 16 },
  { file: 'trayTemplate@2x.png', svg: template, size: 32 },
  // Windows overlays it on the icon in the task bar.
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
