/** The addresses that the app may ask the operating system to open. */
const allowed = new Set(['http:', 'https:', 'mailto:'])

/** @returns the parsed address; null for every scheme but http, https and mailto. */
export const outsideAddress = (text: string): string | null => {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return allowed.has(url.protocol) ? url.href : null
}
