/** Step `tcp`: whether anything accepts a connection. */
import { connect, isIPv6 } from 'node:net'
import { diagnose } from '../diagnose.ts'
import { fact, failed, passed, type Found } from '../../../shared/core/doctor/found.ts'
import { codeOf } from './code-of.ts'
import type { Way } from './way.ts'

interface Attempt {
  address: string
  port: number
  /** Milliseconds. */
  took: number
  /** Null once it is connected. */
  code: string | null
}

/** Connects, and closes the connection at once. Never rejects. */
const attempt = (address: string, port: number, deadline: number): Promise<Attempt> =>
  new Promise(resolve => {
    const since = performance.now()
    const socket = connect({ host: address, port })
    const end = (code: string | null): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ address, port, took: performance.now() - since, code })
    }
    const timer = setTimeout(() => end('ETIMEDOUT'), deadline)
    socket.once('connect', () => end(null))
    socket.on('error', error => end(codeOf(error)))
  })

const shown = ({ address, port, code, took }: Attempt): string =>
  `${isIPv6(address) ? `[${address}]` : address}:${port} ${code ?? 'connected'} (${Math.round(took)} ms)`

/** The way that was found, and the address at which it answers. */
export interface Reached {
  way: Way
  address: string
}

/** The codes of a computer that is there, and refuses. */
const isClosed = ({ code }: Attempt): boolean => code === 'ECONNREFUSED'

/**
 * Tries all ways at all addresses at once.
 * @param ways to the same computer, likely ones first.
 * @param deadline milliseconds.
 * @returns the first way that is open.
 */
export const reach = async (
  ways: readonly [Way, ...Way[]],
  addresses: readonly string[],
  deadline: number,
): Promise<Found<Reached>> => {
  const over: Attempt[] = []
  const attempts = ways.map(way => ({
    way,
    outcomes: addresses.map(async address => {
      const outcome = await attempt(address, way.port, deadline)
      over.push(outcome)
      if (outcome.code !== null) throw new Error(outcome.code)
      return outcome
    }),
  }))
  for (const { way, outcomes } of attempts) {
    const open = await Promise.any(outcomes).catch(() => null)
    if (open) return passed({ way, address: open.address }, [...over.map(each => fact('tried', shown(each)))])
  }
  const tried = over.map(each => fact('tried', shown(each)))
  const [way] = ways
  if (ways.length > 1 && over.every(isClosed)) {
    const ports = ways.map(({ port }) => port).join(', ')
    return failed({ code: 'no-server-found', params: { name: way.name, ports } }, tried)
  }
  // Silence tells more than a refusal: it says that something is in the way.
  const telling = over.find(each => !isClosed(each)) ?? over[0]
  const { code, address, took } = telling ?? { code: null, address: null, took: 0 }
  return failed(
    diagnose({ name: way.name, port: telling?.port ?? way.port, address, code: code ?? '', took }),
    tried,
  )
}
