/**
 * @param typed an address as typed, with or without scheme and path.
 * @returns the name of a server without one: the host in its address.
 */
export const nameOfAddress = (typed: string): string =>
  typed.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split(/[/?#]/)[0] ?? ''
