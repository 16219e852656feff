/** Of the local network alone (RFC 4193, RFC 4291 2.5.6): there the /64 is everybody in the room. */
const isLocal = (address: string): boolean => /^f(e[89ab]|[cd])/i.test(address)

/**
 * Whose addresses count as one. The internet's IPv6 gives every customer, and every machine that cares, a whole /64 to choose from
 * (RFC 6177, RFC 8981): its single addresses bound nobody.
 * @param address an IP address as Node writes it.
 * @returns the first 64 bits of a global IPv6 address; any other address itself.
 */
export const addressGroup = (address: string): string => {
  if (!address.includes(':') || isLocal(address)) return address
  const [before = '', after = ''] = address.split('::')
  const [head, tail] = [before, after].map(part => (part === '' ? [] : part.split(':')))
  if (!head || !tail) return address
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`
}
