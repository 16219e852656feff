/**
 * @param typed an address as typed, with or without scheme and path.
 * @returns the name of a server without one: the host in its address.
 */
export const nameOfAddress = (typed: string): string =>
  typed.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').split(/[/?#]/)[0] ?? ''

interface Credentials {
  /** The address without them. */
  url: string
  login: string
  /** Empty for none. */
  passcode: string
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** @returns the user and the password in an address, such as `ws://ada:secret@host/ws`; null if there are none, or no host behind them. */
export const credentialsIn = (typed: string): Credentials | null => {
  const [, scheme = '', login = '', passcode = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#@:]*)(?::([^/?#@]*))?@([^/?#@].*)$/i.exec(typed.trim()) ?? []
  if (rest === '') return null
  return { url: `${scheme}${rest}`, login: decoded(login), passcode: decoded(passcode) }
}
