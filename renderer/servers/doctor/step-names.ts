/** The steps that a check of an address may have. */
import { stepNames, type StepName } from '../../../shared/contract/doctor.ts'

/** The steps that need an account on the server. */
const ofAccount: ReadonlySet<StepName> = new Set<StepName>(['connect', 'subscribe', 'echo'])

/**
 * @param isSaved whether the server is saved; the address of another one is checked without an account.
 * @param hasSockets whether this runtime can look below STOMP.
 */
export const stepNamesOf = (address: string, isSaved: boolean, hasSockets: boolean): StepName[] =>
  stepNames.filter(name => {
    if (ofAccount.has(name)) return isSaved
    if (!hasSockets) return false
    if (name === 'tls') return /^(wss|https|stomps):/i.test(address)
    return name !== 'upgrade' || !/^stomps?:/i.test(address)
  })
