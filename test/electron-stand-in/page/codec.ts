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
  | { is: 'seen'; at: number }
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

  const encodeObject = (value: object, inner: (value: unknown) => Encoded): Encoded => {
    if (Array.isArray(value)) return { is: 'array', items: Array.from(value, inner) }
    if (value instanceof Date) return { is: 'date', time: value.getTime() }
    if (value instanceof Map) return { is: 'map', entries: [...value].map(([k, v]) => [inner(k), inner(v)]) }
    if (value instanceof Set) return { is: 'set', items: [...value].map(inner) }
    if (value instanceof Uint8Array) {
      return { is: 'bytes', base64: btoa(Array.from(value, byte => String.fromCharCode(byte)).join('')) }
    }
    if (value instanceof Error) return { is: 'error', message: value.message, stack: value.stack }
    if (Object.prototype.toString.call(value) !== '[object Object]') return refuse(value)
    return { is: 'object', entries: Object.entries(value).map(([k, v]) => [k, inner(v)]) }
  }

  const encode = (value: unknown, seen: Map<object, number>): Encoded => {
    if (value === null) return null
    if (typeof value !== 'object') return encodePrimitive(value)
    const at = seen.get(value)
    if (at !== undefined) return { is: 'seen', at }
    seen.set(value, seen.size)
    return encodeObject(value, inner => encode(inner, seen))
  }

  const decode = (encoded: Encoded, seen: unknown[]): unknown => {
    if (encoded === null || typeof encoded !== 'object') return encoded
    const keep = <T>(value: T): T => {
      seen.push(value)
      return value
    }
    const inner = (value: Encoded): unknown => decode(value, seen)
    switch (encoded.is) {
      case 'undefined':
        return undefined
      case 'number':
        return Number(encoded.value)
      case 'bigint':
        return BigInt(encoded.value)
      case 'seen':
        return seen[encoded.at]
      case 'array': {
        const array = keep<unknown[]>([])
        for (const item of encoded.items) array.push(inner(item))
        return array
      }
      case 'object': {
        const object = keep({})
        for (const [key, value] of encoded.entries) {
          const property = { value: inner(value), writable: true, enumerable: true, configurable: true }
          Object.defineProperty(object, key, property)
        }
        return object
      }
      case 'date':
        return keep(new Date(encoded.time))
      case 'map': {
        const map = keep(new Map())
        for (const [key, value] of encoded.entries) map.set(inner(key), inner(value))
        return map
      }
      case 'set': {
        const set = keep(new Set())
        for (const item of encoded.items) set.add(inner(item))
        return set
      }
      case 'bytes':
        return keep(Uint8Array.from(atob(encoded.base64), char => char.charCodeAt(0)))
      case 'error': {
        const error = keep(new Error(encoded.message))
        if (encoded.stack !== undefined) error.stack = encoded.stack
        return error
      }
    }
  }

  return {
    encode: value => JSON.stringify(encode(value, new Map())),
    decode: text => decode(JSON.parse(text) as Encoded, []),
  }
}
