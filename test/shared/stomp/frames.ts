/** Frames for tests: short ways to bytes and back. */
import { FrameDecoder } from '../../../shared/stomp/decoder.ts'
import type { Frame, FrameLimits, Version } from '../../../shared/stomp/frame.ts'
import { formatHead } from '../../../shared/stomp/head.ts'

export const wide: FrameLimits = {
  frameBytes: 65_536,
  headers: 64,
  headerBytes: 8_192,
  headerNameLength: 256,
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** @returns the frame as bytes of this version; its `content-length` is written as its headers have it. */
export const encodeFrame = (
  frame: { command: string; headers: Iterable<readonly [string, string]>; body?: Uint8Array },
  version: Version,
): Buffer =>
  Buffer.concat([
    Buffer.from(formatHead(frame.command, frame.headers, version)),
    frame.body ?? new Uint8Array(),
    Uint8Array.of(0),
  ])

/** @returns the frames in these bytes, given to a decoder in parts that end at `cuts`. */
export const decodeInParts = (
  bytes: Uint8Array,
  cuts: readonly number[],
  version: Version = '1.2',
  limits = wide,
): Frame[] => {
  const decoder = new FrameDecoder(limits, version)
  const frames: Frame[] = []
  const ends = [...new Set(cuts)].filter(cut => cut < bytes.length).sort((a, b) => a - b)
  let start = 0
  for (const end of [...ends, bytes.length]) {
    decoder.push(bytes.slice(start, end))
    start = end
    for (let frame = decoder.next(); frame; frame = decoder.next()) frames.push(frame)
  }
  return frames
}

export const decode = (text: string, version: Version = '1.2', limits = wide): Frame[] =>
  decodeInParts(bytesOf(text), [], version, limits)
