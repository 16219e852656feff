/** Which IP addresses count as one. */

/** Of the local network alone (RFC 4193, RFC 4291 2.5.6): there the /64 is everybody in the room. */
const isLocal = (address: string): boolean => /^f(e[89ab]|[cd])/i.test(address)

/**
 * IPv6 gives every customer, and every machine that cares, a whole /64 to choose from (RFC 6177, RFC 8981): its single addresses bound
 * nobody.
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
 * Whose connections count as one: like {@link networkOf}, but people who share a local IPv6 network must not share one quota. There a
 * single address bounds as much, or as little, as one of IPv4: the quota of all connections bounds both.
 */
export const addressGroup = (address: string): string => (isLocal(address) ? address : networkOf(address))
