/** Addresses in what people write: `http:`, `https:` and `mailto:`, as they are typed in Korean, Chinese and Japanese text as well. */
import { deviatingHost, deviatingMailHost } from './true-host.ts'

export interface Link {
  /** UTF-16 units from the beginning of the text. */
  start: number
  end: number
  /** The address as it will be opened, in its plain (punycode) form. */
  href: string
  /** The host that opens, where the address reads like another one; null where it opens what one reads. */
  trueHost: string | null
}

const schemes = ['http:', 'https:', 'mailto:']
/** What ends an address: spaces, quotes, characters that show nothing or turn the text, punctuation of full width. */
const stops = String.raw`\s\p{Cc}<>"“”\x60\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65`
/** Longer addresses stay text: no browser is given them, and escaping makes up to nine units out of one. UTF-16 units. */
const longest = { typed: 2_000, href: 4_000 }
const candidate = new RegExp(String.raw`\b(?:https?:\/\/|mailto:)[^${stops}]{1,${longest.typed}}`, 'giv')

/** Letters of scripts that follow an address without a space (`https://a.b/c에서`), signs and emoji. */
const joined = String.raw`[[[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]&&[\p{L}\p{N}]][\p{S}--[\0-\x7f]]]`
/**
 * Such a letter belongs to the address after one of its delimiters, or after another one (`/w/서울`, `?q=가`); after Latin, a digit or a
 * bracket it is the text that goes on. Labels of a host may hold it.
 */
const endInPath = new RegExp(String.raw`(?<!${joined}|[\/=#?&@+_~\(:\-])${joined}`, 'v')
const endInHost = new RegExp(String.raw`(?<!${joined}|[\/@.:\-])${joined}`, 'v')

/** Punctuation that ends the sentence rather than the address. */
const trailing = new Set(".,;:!?'’…·")
/** Closing brackets, which end an address unless they were opened in it. */
const brackets: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

const before = (text: string, end: RegExp): string => {
  const at = text.search(end)
  return at < 0 ? text : text.slice(0, at)
}

/** The scheme with the host: `https://user@host:443`, `mailto:user@host`. */
const headPattern = /^(?:https?:\/\/[^/\\?#]*|mailto:[^?#]*)/iu

/** @returns the address without the text that follows it. */
const withoutText = (found: string): string => {
  const head = headPattern.exec(found)?.[0] ?? ''
  const host = before(head, endInHost)
  return host.length < head.length ? host : head + before(found.slice(head.length), endInPath)
}

const count = (text: string, part: string): number => text.split(part).length - 1

/** @returns the address without the punctuation that follows it. */
const withoutPunctuation = (address: string): string => {
  /** How many of each closing bracket were not opened. */
  const unpaired = new Map(
    Object.entries(brackets).map(([closing, opening]) => [
      closing,
      count(address, closing) - count(address, opening),
    ]),
  )
  let end = address.length
  for (;;) {
    const last = address.charAt(end - 1)
    const surplus = unpaired.get(last) ?? 0
    if (surplus <= 0 && !trailing.has(last)) return address.slice(0, end)
    unpaired.set(last, surplus - 1)
    end -= 1
  }
}

/** @returns where an address leads; null where it leads nowhere. */
const targetOf = (typed: string): Pick<Link, 'href' | 'trueHost'> | null => {
  if (typed.length > longest.typed || !URL.canParse(typed)) return null
  const url = new URL(typed)
  const { protocol, href, host, pathname } = url
  const isMail = protocol === 'mailto:'
  const hasAim = isMail ? pathname.includes('@') : host !== ''
  if (!hasAim || !schemes.includes(protocol) || href.length > longest.href) return null
  return { href, trueHost: isMail ? deviatingMailHost(typed) : deviatingHost(typed, url) }
}

/**
 * @param most addresses that are told apart.
 * @returns the addresses in a text, in order.
 */
export const linksIn = (text: string, most: number): Link[] => {
  const links: Link[] = []
  let from = 0
  while (links.length < most) {
    candidate.lastIndex = from
    const match = candidate.exec(text)
    if (!match) break
    const [found] = match
    const typed = withoutPunctuation(withoutText(found))
    const target = targetOf(typed)
    if (target) links.push({ start: match.index, end: match.index + typed.length, ...target })
    // The text that follows an address may go on with another one.
    from = match.index + (target ? typed : found).length
  }
  return links
}
