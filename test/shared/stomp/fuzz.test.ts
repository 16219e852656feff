/** The decoder under any bytes, split anywhere. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FrameDecoder } from '../../../shared/stomp/decoder.ts'
import { FrameError, versions, type Frame, type Version } from '../../../shared/stomp/frame.ts'
import { fuzzBudget, timeoutFor } from '../../fuzz-budget.ts'
import { bytesOf, encodeFrame } from './frames.ts'

const seconds = 8
const limits = { frameBytes: 64, headers: 4, headerBytes: 32, headerNameLength: 16 }

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .constantFrom(
      'SEND\n',
      'CONNECT\n',
      'a:b\n',
      'a\\c:\\n\n',
      '가:나\n',
      '\n',
      '\0',
      '\r\n',
      'xxxx',
      'content-length:9\n',
    )
    .map(bytesOf),
  fc.nat(70).map(length => bytesOf(`content-length:${length}\n\n${'y'.repeat(length)}\0`)),
)

/** What a decoder makes of bytes: frames, and the code of the error that ends them. */
const read = (chunks: readonly Uint8Array[], version: Version): { frames: Frame[]; error: string | null } => {
  const decoder = new FrameDecoder(limits, version)
  const frames: Frame[] = []
  try {
    for (const chunk of chunks) {
      decoder.push(chunk)
      for (let frame = decoder.next(); frame; frame = decoder.next()) frames.push(frame)
      expect(decoder.buffered).toBeLessThanOrEqual(limits.frameBytes)
    }
    return { frames, error: null }
  } catch (thrown) {
    if (!(thrown instanceof FrameError)) throw thrown
    return { frames, error: thrown.code }
  }
}

test(
  'any bytes are frames within the limits or a FrameError, however they are split',
  { timeout: timeoutFor(seconds) },
  () => {
    const property = fc.property(
      fc.array(piece, { maxLength: 20 }),
      fc.array(fc.nat(300), { maxLength: 12 }),
      fc.constantFrom(...versions),
      (pieces, cuts, version) => {
        const bytes = Buffer.concat(pieces)
        const ends = [...cuts.filter(cut => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        const parts = ends.map((end, index) => new Uint8Array(bytes.subarray(ends[index - 1] ?? 0, end)))
        const whole = read([new Uint8Array(bytes)], version)
        const split = read(parts, version)
        const plain = ({ command, headers, body }: Frame) => [command, [...headers], [...body]]
        expect(split.frames.map(plain)).toEqual(whole.frames.map(plain))
        expect(split.error === null).toBe(whole.error === null)
        for (const { command, headers, body } of whole.frames) {
          expect(headers.size).toBeLessThanOrEqual(limits.headers)
          expect(body.length).toBeLessThan(limits.frameBytes)
          // What was read can be written, and means the same again; older versions can't write all that they read.
          if (version !== '1.2' || /^(CONNECT|CONNECTED|STOMP)$/.test(command)) continue
          const again = new FrameDecoder(
            { ...limits, frameBytes: 1_000, headerBytes: 200, headerNameLength: 200 },
            version,
          )
          again.push(encodeFrame({ command, headers, body }, version))
          expect(again.next()?.headers).toEqual(headers)
        }
      },
    )
    fc.assert(property, fuzzBudget(seconds))
  },
)
