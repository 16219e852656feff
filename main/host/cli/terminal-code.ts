/** An invitation as a QR code made of terminal characters. */
import { renderUnicodeCompact } from 'uqr'

/** The properties of `process.stderr` that matter here. */
interface Terminal {
  readonly columns: number
  hasColors(): boolean
}

/** Modules of white around the code (its quiet zone). */
const border = 3

/** Select Graphic Rendition (ECMA-48, 8.3.117): black on bright white, whatever the terminal's own colours are. */
const blackOnWhite = '\u001B[30;107m'
const reset = '\u001B[0m'

/** @returns the lines of the code, two rows of modules in each; null if the terminal is too narrow or has no colours. */
export const terminalCode = (text: string, terminal: Terminal): string | null => {
  // Inverted, because the characters draw the black modules.
  const lines = renderUnicodeCompact(text, { ecc: 'L', boostEcc: true, border, invert: true }).split('\n')
  if ((lines[0]?.length ?? 0) > terminal.columns || !terminal.hasColors()) return null
  return lines.map(line => `${blackOnWhite}${line}${reset}`).join('\n')
}
