/** A socket in STOMP's hands, with an eye on what comes in. */
import type { Socket } from './ports.ts'

/** The shape that @stomp/stompjs expects of a WebSocket. */
export interface StompSocket {
  readonly url: string
  readonly readyState: number
  binaryType: string
  onopen: ((event?: unknown) => unknown) | null
  onmessage: ((event: { data?: string | ArrayBuffer }) => unknown) | null
  onerror: ((event: unknown) => unknown) | null
  onclose: ((event?: unknown) => unknown) | null
  send(data: string | ArrayBufferLike | ArrayBufferView): void
  close(): void
  terminate(): void
}

/** @param onData called with each piece that arrives, before STOMP sees it; false keeps the piece from it. */
export const observeSocket = (socket: Socket, onData: (length: number) => boolean): StompSocket => {
  const observed: StompSocket = {
    url: socket.url,
    get readyState() {
      return socket.readyState
    },
    binaryType: 'arraybuffer',
    onopen: null,
    onmessage: null,
    onerror: null,
    onclose: null,
    send: data => socket.send(data),
    close: () => socket.close(),
    terminate: () => socket.terminate(),
  }
  socket.binaryType = 'arraybuffer'
  socket.onopen = event => observed.onopen?.(event)
  socket.onerror = event => observed.onerror?.(event)
  socket.onclose = event => observed.onclose?.(event)
  socket.onmessage = event => {
    const { data } = event
    if (data !== undefined && onData(typeof data === 'string' ? data.length : data.byteLength)) {
      observed.onmessage?.(event)
    }
  }
  return observed
}
