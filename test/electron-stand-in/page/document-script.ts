/** The script that Chromium runs in every document before the document's own. */
import { readFileSync } from 'node:fs'
import { makeCodec } from './codec.ts'
import { runInPage } from './runtime.ts'

/** Global function of the page that hands a text to main; gone before the page's own scripts run. */
export const binding = '__electronStandIn'
/** Description of the registered symbol under which the page takes texts from main. */
const inbox = 'electron-stand-in'

/** @param preload file of the preload script, a CommonJS bundle; none where undefined. */
export const documentScript = (preload: string | undefined): string => {
  const source = preload === undefined ? '' : readFileSync(preload, 'utf8')
  const { platform, arch, versions } = process
  const options = JSON.stringify({ binding, inbox, process: { platform, arch, versions } })
  return `(${String(runInPage)})({
    ...${options},
    codec: (${String(makeCodec)})(),
    preload(require, module, exports, process) {\n${source}\n},
  })`
}

/** @returns the expression that hands `text` to the page. */
export const deliver = (text: string): string =>
  `globalThis[Symbol.for(${JSON.stringify(inbox)})]?.(${JSON.stringify(text)})`
