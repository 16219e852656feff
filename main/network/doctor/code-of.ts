/** @returns the system's or the TLS library's code of an error, or else its message. */
export const codeOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return String(thrown)
  return 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : thrown.message
}
