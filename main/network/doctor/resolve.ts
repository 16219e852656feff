/** Step `dns`: the addresses of a name. */
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { diagnose } from '../diagnose.ts'
import { fact, failed, passed, type Found } from '../../../shared/core/doctor/found.ts'
import { codeOf } from './code-of.ts'
import type { Way } from './way.ts'

const inTime = <Value>(work: Promise<Value>, deadline: number): Promise<Value> => {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('ETIMEDOUT')), deadline)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** @param deadline milliseconds. @returns the addresses, at least one. */
export const resolveName = async ({ name, port }: Way, deadline: number): Promise<Found<string[]>> => {
  if (isIP(name) !== 0) return passed([name], [fact('address', name)])
  const since = performance.now()
  try {
    const found = await inTime(lookup(name, { all: true }), deadline)
    const addresses = [...new Set(found.map(({ address }) => address))]
    return passed(addresses, [fact('address', addresses.join(', '))])
  } catch (thrown) {
    const code = codeOf(thrown)
    // A resolver that does not answer leaves the name unknown.
    const attempt = { name, port, address: null, code: code === 'ETIMEDOUT' ? 'EAI_AGAIN' : code }
    return failed(diagnose({ ...attempt, took: performance.now() - since }), [fact('error', code)])
  }
}
