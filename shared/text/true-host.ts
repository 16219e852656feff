/** The host that an address really opens, where it reads like another one. */

/** A host that reads like no other one: of ASCII and syllables of Hangul, which no letter of another script looks like. */
const plainHost = /^[a-z0-9.가-힣\-]+$/u
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/u.test(text)

/** @returns whether a host, as it was typed, reads as the one that opens. Neither has a port. */
const readsAs = (typed: string, host: string): boolean => {
  const lower = typed.toLowerCase()
  return lower === host || (!isAscii(lower) && plainHost.test(lower))
}

const withoutPort = (host: string): string => host.replace(/:\d*$/u, '')

/**
 * @param typed an address of http or https, as somebody wrote it.
 * @param url the same, parsed.
 * @returns the host with its port where `typed` shows another one: by a name before an `@`, letters that look like others (as punycode),
 *   escapes, or an IP address in an unusual form; null if what one reads is what opens.
 */
export const deviatingHost = (typed: string, { host }: URL): string | null => {
  const [, authority = ''] = /^https?:\/\/([^/\\?#]*)/iu.exec(typed) ?? []
  return readsAs(withoutPort(authority), withoutPort(host)) ? null : host
}

/** @returns the text of an address without its escapes; as it is if they are none. */
const unescaped = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The lists of recipients in an address of mail (RFC 6068): before the `?`, and in three of its fields. */
const recipientLists = (typed: string): string[] => {
  const [, to = '', fields = ''] = /^mailto:([^?#]*)\??([^#]*)/iu.exec(typed) ?? []
  const named = fields.split('&').flatMap(field => {
    const [name = '', ...value] = field.split('=')
    return ['to', 'cc', 'bcc'].includes(unescaped(name).toLowerCase()) ? value.join('=') : []
  })
  return [to, ...named]
}

/** @returns what stands behind the `@` of each recipient. */
const domainsOf = (list: string): string[] =>
  list.split(',').flatMap(recipient => {
    const at = recipient.lastIndexOf('@')
    return at < 0 ? [] : recipient.slice(at + 1)
  })

/** @returns the domain in its ASCII form, as DNS looks it up; an invalid one escaped, except for its ASCII characters. */
const lookedUp = (domain: string): string => {
  const address = `http://${domain}/`
  if (!/[/\\?#:@]/u.test(domain) && URL.canParse(address)) return new URL(address).hostname
  return /^[!-~]*$/u.test(domain) ? domain.toLowerCase() : encodeURI(domain)
}

/**
 * @param typed an address of mail, as somebody wrote it.
 * @returns the first host to which it would go and which does not read as what it is, as {@link deviatingHost}: its letters look like
 *   others, or escapes hide it; null if there is none.
 */
export const deviatingMailHost = (typed: string): string | null => {
  for (const list of recipientLists(typed)) {
    const shown = domainsOf(list)
    for (const domain of domainsOf(unescaped(list))) {
      const host = lookedUp(domain)
      if (!shown.some(typed => readsAs(typed, host))) return host
    }
  }
  return null
}
