/** A broker whose ports speak both TLS and plain, and bare sockets that come to it. */
import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import type { Limits } from '../../../main/broker/options/limits.ts'
import { lanAddresses } from '../../../main/host/network/addresses.ts'
import { startListening } from './listening.ts'
import { RawSocket } from './raw-socket.ts'

const stored = (name: string): string =>
  readFileSync(new URL(`../certificates/${name}`, import.meta.url), 'utf8')
export const tls = { cert: stored('untrusted.crt'), key: stored('untrusted.key') }

/** An address of this computer at which it looks like any other; there may be none. */
export const lan = lanAddresses().find(address => !address.includes(':'))

export const startTls = (limits: Partial<Limits> = {}) => startListening({}, { bind: '0.0.0.0', tls, limits })

/** @returns a socket that is closed with the test. */
export const open = async (port: number, from?: string): Promise<RawSocket> => {
  const raw = await RawSocket.open(port, from)
  onTestFinished(() => void raw.socket.destroy())
  return raw
}

/** @returns one after its handshake. */
export const secure = async (port: number, from?: string): Promise<RawSocket> =>
  (await open(port, from)).secure()
