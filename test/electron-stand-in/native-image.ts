/** `nativeImage`: pictures for windows, trays and notifications; PNG only. */
import { existsSync, readFileSync } from 'node:fs'

const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

export class NativeImage {
  readonly #png: Buffer
  #isTemplate = false

  constructor(png: Buffer) {
    if (png.length > 0 && !png.subarray(0, 8).equals(pngSignature)) {
      throw new Error('The stand-in provides PNG images only.')
    }
    this.#png = png
  }

  isEmpty(): boolean {
    return this.#png.length === 0
  }

  /** Width and height in pixels, from the IHDR chunk (PNG specification, section 11.2.1). */
  getSize(): Electron.Size {
    if (this.isEmpty()) return { width: 0, height: 0 }
    return { width: this.#png.readUInt32BE(16), height: this.#png.readUInt32BE(20) }
  }

  toPNG(): Buffer {
    return this.#png
  }

  setTemplateImage(isTemplate: boolean): void {
    this.#isTemplate = isTemplate
  }

  isTemplateImage(): boolean {
    return this.#isTemplate
  }
}

export const nativeImage = {
  createEmpty: (): NativeImage => new NativeImage(Buffer.alloc(0)),
  createFromBuffer: (png: Buffer): NativeImage => new NativeImage(png),
  /** Empty if there is no such file, as Electron's is. */
  createFromPath: (path: string): NativeImage =>
    new NativeImage(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
}
