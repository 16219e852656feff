import type { Version } from './frame.ts'
import { formatHead } from './head.ts'

const encoder = new TextEncoder()

/**
 * @param frame the frame to write; `content-length` is written as its headers have it.
 * @returns its bytes in this version, with the NUL that ends them.
 */
export const encodeFrame = (
  frame: { command: string; headers: Iterable<readonly [string, string]>; body?: Uint8Array },
  version: Version,
): Uint8Array => {
  const head = encoder.encode(formatHead(frame.command, frame.headers, version))
  const bodyLength = frame.body?.length ?? 0
  const bytes = new Uint8Array(head.length + bodyLength + 1)
  bytes.set(head)
  if (frame.body) bytes.set(frame.body, head.length)
  return bytes
}
