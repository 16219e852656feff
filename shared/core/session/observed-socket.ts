/** A socket in STOMP's hands, with an eye on what comes in. */
import type { Socket } from '../ports.ts'

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

export interface Observer {
  onOpen(): void
  /** Called with the length of each piece that arrives, before STOMP sees it. @returns false to keep the piece from it. */
  onData(length: number): boolean
  onPong(): void
}

export const observeSocket = (socket: Socket, observer: Observer): StompSocket => {
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
  socket.onopen = event => {
    observer.onOpen()
    observed.onopen?.(event)
  }
  socket.onpong = () => observer.onPong()
  socket.onerror = event => observed.onerror?.(event)
  socket.onclose = event => observed.onclose?.(event)
  socket.onmessage = event => {
    const { data } = event
    if (data !== undefined && observer.onData(typeof data === 'string' ? data.length : data.byteLength)) {
      observed.onmessage?.(event)
    }
  }
  return observed
}
