/**
 * @param typed an address as a person types it, with or without its scheme and path.
 * @returns what a server is called that has got no name: the host in its address.
 */
export const nameOfAddress = (typed: string): string =>
  typed.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split(/[/?#]/)[0] ?? ''
