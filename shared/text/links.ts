/** Finds `http:`, `https:` and `mailto:` addresses and those that begin with `www.` in text, including Korean, Chinese and Japanese text. */
import { deviatingHost, deviatingMailHost } from './true-host.ts'

export interface Link {
  /** Index in the text, in UTF-16 units. */
  start: number
  end: number
  /** The address to open, with its host in punycode. */
  href: string
  /** The real host, where the address looks like another one; null if it opens what it shows. */
  trueHost: string | null
}

const schemes = ['http:', 'https:', 'mailto:']
/** Characters that end an address: spaces, quotes, invisible and direction characters, full-width punctuation. */
const stops = String.raw`\s\p{Cc}<>"“”\x60\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u3000-\u303f\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65`
/** Longer addresses stay text: browsers do not take them, and escaping makes up to nine units out of one. UTF-16 units. */
const longest = { typed: 2_000, href: 4_000 }
/** `](` ends the text of a link in Markdown. */
const candidate = new RegExp(
  String.raw`(?:(?<![a-z\d])(?:https?:\/\/|mailto:)|(?<![\w.@\/\-])www\.(?=[^.${stops}]))(?:(?!\]\()[^${stops}]){1,${longest.typed}}`,
  'giv',
)

/** Letters of scripts that follow an address without a space (`https://a.b/c에서`), symbols and emoji. */
const joined = String.raw`[[[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]&&[\p{L}\p{N}]][\p{S}--[\0-\x7f]]]`
/**
 * Such a letter belongs to the address after a delimiter or another such letter (`/w/서울`, `?q=가`). After a Latin letter, a digit or a
 * bracket it belongs to the text after the address. Labels of a host may contain it.
 */
const endInPath = new RegExp(String.raw`(?<!${joined}|[\/=#?&@+_~\(:\-])${joined}`, 'v')
const endInHost = new RegExp(String.raw`(?<!${joined}|[\/@.:\-])${joined}`, 'v')

/** Punctuation that belongs to the sentence rather than to the address. */
const trailing = new Set(".,;:!?'’…·*_~")
/** Closing brackets, which end an address unless it contains the opening one. */
const brackets: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

const before = (text: string, end: RegExp): string => {
  const at = text.search(end)
  return at < 0 ? text : text.slice(0, at)
}

/** The scheme with the host: `https://user@host:443`, `mailto:user@host`. */
const headPattern = /^(?:https?:\/\/[^/\\?#]*|www\.[^/\\?#]*|mailto:[^?#]*)/iu

/** @returns the address without the text that follows it. */
const withoutText = (found: string): string => {
  const head = headPattern.exec(found)?.[0] ?? ''
  const host = before(head, endInHost)
  return host.length < head.length ? host : head + before(found.slice(head.length), endInPath)
}

const count = (text: string, part: string): number => text.split(part).length - 1

/** @returns the address without the punctuation that follows it. */
const withoutPunctuation = (address: string): string => {
  /** The number of unmatched closing brackets of each kind. */
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

/** `www.` with a name and another label behind it. */
const bare = /^www\.[^.]+\.[^.]/iu

/** @returns where an address leads; null if it is invalid, or of another scheme. */
export const linkTo = (address: string): Pick<Link, 'href' | 'trueHost'> | null => {
  const typed = bare.test(address) ? `https://${address}` : address
  if (typed.length > longest.typed || !URL.canParse(typed)) return null
  const url = new URL(typed)
  const { protocol, href, host, pathname } = url
  const isMail = protocol === 'mailto:'
  const hasAim = isMail ? pathname.includes('@') : host !== ''
  if (!hasAim || !schemes.includes(protocol) || href.length > longest.href) return null
  return { href, trueHost: isMail ? deviatingMailHost(typed) : deviatingHost(typed, url) }
}

/**
 * @param most the most addresses to find.
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
    const target = linkTo(typed)
    if (target) links.push({ start: match.index, end: match.index + typed.length, ...target })
    // The text after an address may contain another one.
    from = match.index + (target ? typed : found).length
  }
  return links
}
