/**
 * Structured clone as JSON, for what crosses between main and page. Runs in Node and, by its source text, in the page, so it may
 * use nothing from outside its own body.
 */

export interface Codec {
  /** Throws `DataCloneError` on what Electron's IPC refuses: functions, symbols, promises. */
  readonly encode: (value: unknown) => string
  readonly decode: (text: string) => unknown
}

type Encoded =
  | null
  | string
  | boolean
  | number
  | { is: 'undefined' }
  | { is: 'number'; value: string }
  | { is: 'bigint'; value: string }
  | { is: 'array'; items: Encoded[] }
  | { is: 'object'; entries: [string, Encoded][] }
  | { is: 'date'; time: number }
  | { is: 'map'; entries: [Encoded, Encoded][] }
  | { is: 'set'; items: Encoded[] }
  | { is: 'bytes'; base64: string }
  | { is: 'error'; message: string; stack: string | undefined }

export const makeCodec = (): Codec => {
  const refuse = (value: unknown): never => {
    const error = new Error(`An object could not be cloned: ${Object.prototype.toString.call(value)}`)
    error.name = 'DataCloneError'
    throw error
  }

  const encodePrimitive = (value: unknown): Encoded => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'undefined':
        return { is: 'undefined' }
      case 'bigint':
        return { is: 'bigint', value: String(value) }
      case 'number':
        if (Object.is(value, -0)) return { is: 'number', value: '-0' }
        return Number.isFinite(value) ? value : { is: 'number', value: String(value) }
      default:
        return refuse(value)
    }
  }

  const encodeObject = (value: object): Encoded => {
    if (Array.isArray(value)) return { is: 'array', items: Array.from(value, encode) }
    if (value instanceof Date) return { is: 'date', time: value.getTime() }
    if (value instanceof Map)
      return { is: 'map', entries: [...value].map(([k, v]) => [encode(k), encode(v)]) }
    if (value instanceof Set) return { is: 'set', items: [...value].map(encode) }
    if (value instanceof Uint8Array) {
      return { is: 'bytes', base64: btoa(Array.from(value, byte => String.fromCharCode(byte)).join('')) }
    }
    if (value instanceof Error) return { is: 'error', message: value.message, stack: value.stack }
    if (Object.prototype.toString.call(value) !== '[object Object]') return refuse(value)
    return { is: 'object', entries: Object.entries(value).map(([k, v]) => [k, encode(v)]) }
  }

  const encode = (value: unknown): Encoded => {
    if (value === null) return null
    return typeof value === 'object' ? encodeObject(value) : encodePrimitive(value)
  }

  const decode = (encoded: Encoded): unknown => {
    if (encoded === null || typeof encoded !== 'object') return encoded
    switch (encoded.is) {
      case 'undefined':
        return undefined
      case 'number':
        return Number(encoded.value)
      case 'bigint':
        return BigInt(encoded.value)
      case 'array':
        return encoded.items.map(decode)
      case 'object':
        return Object.fromEntries(encoded.entries.map(([key, value]) => [key, decode(value)]))
      case 'date':
        return new Date(encoded.time)
      case 'map':
        return new Map(encoded.entries.map(([key, value]) => [decode(key), decode(value)]))
      case 'set':
        return new Set(encoded.items.map(decode))
      case 'bytes':
        return Uint8Array.from(atob(encoded.base64), char => char.charCodeAt(0))
      case 'error':
        return Object.assign(new Error(encoded.message), { stack: encoded.stack })
    }
  }

  return {
    encode: value => JSON.stringify(encode(value)),
    decode: text => decode(JSON.parse(text) as Encoded),
  }
}
