import type { Refusal } from '../options/hooks.ts'

/** The peer broke the protocol or a limit: it gets an ERROR that says so, and the connection closes. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly refusal: Refusal

  /**
   * @param message short, for the ERROR's `message` header.
   * @param detail a sentence that tells the developer at the other end what to change.
   * @param headers further headers of the ERROR.
   */
  constructor(message: string, detail: string, headers?: Refusal['headers']) {
    super(detail)
    this.refusal = { message, detail, ...(headers && { headers }) }
  }
}
