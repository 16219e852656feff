/** Groups IP addresses that one person can switch between. */

/** Unique local and link-local addresses (RFC 4193, RFC 4291 2.5.6): everybody on the LAN shares their /64. */
const isLocal = (address: string): boolean => /^f(e[89ab]|[cd])/i.test(address)

/**
 * With IPv6 every customer has at least a /64, and every machine may use any address in it (RFC 6177, RFC 8981), so a
 * quota per address would be useless.
 * @param address an IP address as Node writes it.
 * @returns the first 64 bits of an IPv6 address; an IPv4 address itself.
 */
export const networkOf = (address: string): string => {
  if (!address.includes(':')) return address
  const [before = '', after = ''] = address.split('::')
  const [head, tail] = [before, after].map(part => (part === '' ? [] : part.split(':')))
  if (!head || !tail) return address
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`
}

/**
 * The key of the quota per address: as {@link networkOf}, except that people on one local IPv6 network do not share a quota. A local
 * address is as easy to change as an IPv4 one; the quota of all connections limits both.
 */
export const addressGroup = (address: string): string => (isLocal(address) ? address : networkOf(address))
