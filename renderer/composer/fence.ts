/** Blocks of code that are being written. */

const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/u

/** @returns whether a fence (```) is open at the end of `text`, by CommonMark's rule for the fence that closes it (section 4.5). */
export const isInFence = (text: string): boolean => {
  let open: string | null = null
  for (const line of text.split('\n')) {
    const [, signs = '', rest = ''] = fence.exec(line) ?? []
    if (signs === '') continue
    if (open === null) {
      if (!(signs.startsWith('`') && rest.includes('`'))) open = signs
    } else if (signs.startsWith(open) && rest.trim() === '') open = null
  }
  return open !== null
}
