import type { Refusal } from '../options/hooks.ts'

/** The peer violated the protocol or a limit: it gets an ERROR with the reason, and the connection closes. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly refusal: Refusal

  /**
   * @param message for the ERROR's `message` header; short.
   * @param detail a sentence that tells the peer's developer what to change.
   * @param headers further headers of the ERROR.
   */
  constructor(message: string, detail: string, headers?: Refusal['headers']) {
    super(detail)
    this.refusal = { message, detail, ...(headers && { headers }) }
  }
}
