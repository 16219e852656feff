/**
 * Whose addresses count as one. IPv6 gives every customer, and every machine that cares, a whole /64 to choose from (RFC 6177, RFC 8981):
 * its single addresses bound nobody.
 * @param address an IP address as Node writes it.
 * @returns the address itself for IPv4, the first 64 bits for IPv6.
 */
export const addressGroup = (address: string): string => {
  if (!address.includes(':')) return address
  const [before = '', after = ''] = address.split('::')
  const [head, tail] = [before, after].map(part => (part === '' ? [] : part.split(':')))
  if (!head || !tail) return address
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`
}
