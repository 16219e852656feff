/** Which addresses may be given to the operating system to open. */
const allowed = new Set(['http:', 'https:', 'mailto:'])

/** @returns the address as the parser understands it; null for everything but http, https and mailto. */
export const outsideAddress = (text: string): string | null => {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return allowed.has(url.protocol) ? url.href : null
}
