/** Examines the way to a server below STOMP: name, port, certificate, WebSocket. */
import type { Problem, Step } from '../../../shared/contract/doctor.ts'
import type { NetworkDoctor } from '../../../shared/core/ports.ts'
import { noHandshake } from '../handshake.ts'
import { trustOf } from '../trust.ts'
import { fact, timed } from '../../../shared/core/doctor/found.ts'
import { reach } from './reach.ts'
import { resolveName } from './resolve.ts'
import { secure } from './secure.ts'
import { upgrade } from './upgrade.ts'
import { wayOf, type Way } from './way.ts'

export interface NetworkDoctorOptions {
  /** Milliseconds that a step, or one request of it, may take. */
  deadline?: number
  /** @returns host and port of the proxy that the system uses for a page; null for none. Never rejects. */
  proxyOf?: (url: string) => Promise<string | null>
}

/** Milliseconds, of a clock that nobody sets. */
const now = (): number => performance.now()

/** Problems of a network that only lets its proxy out. */
const blocked = new Set<Problem['code']>([
  'name-unknown',
  'route-missing',
  'server-unreachable',
  'firewall-here',
])

export const createNetworkDoctor = ({
  deadline = 8000,
  proxyOf = () => Promise.resolve(null),
}: NetworkDoctorOptions = {}): NetworkDoctor => {
  /** @returns the step, with the system's proxy as its problem where that explains it. */
  const explained = async (step: Step, { url, host }: Way): Promise<Step> => {
    if (!step.problem || !blocked.has(step.problem.code)) return step
    const proxy = await proxyOf(url.href.replace(/^ws/, 'http'))
    if (proxy === null) return step
    const facts = [...step.facts, fact('proxy', proxy)]
    return { ...step, problem: { code: 'proxy-needed', params: { host, proxy } }, facts }
  }

  return {
    async *examine({ urls, fingerprint, handshake = noHandshake }) {
      const [first, ...others] = urls.map(wayOf).filter(way => way !== null)
      if (!first) return
      const named = await timed('dns', now, () => resolveName(first, deadline))
      yield await explained(named.step, first)
      const addresses = named.next
      if (!addresses) return
      const open = await timed('tcp', now, () => reach([first, ...others], addresses, deadline))
      yield await explained(open.step, first)
      if (!open.next) return
      const reached = open.next
      const { way } = reached
      if (way.tls) {
        const secured = await timed('tls', now, () => secure(reached, fingerprint, deadline))
        yield secured.step
        if (!secured.next) return
      }
      if (!way.webSocket) return
      const trust = way.tls ? trustOf(fingerprint, way.host) : {}
      const upgraded = await timed('upgrade', now, () => upgrade(reached, trust, handshake, deadline))
      yield upgraded.step
    },
  }
}
