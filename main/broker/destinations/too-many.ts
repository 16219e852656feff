import { ProtocolError } from '../frames/protocol-error.ts'
import { partsOf, type Quota } from '../quotas/quota.ts'

/** @param what plural of the kind, in lower case. @returns the error for a peer that opens one too many. */
export const tooMany = (what: string, quota: Quota): ProtocolError => {
  const { everybody, local } = partsOf(quota)
  return new ProtocolError(
    `Too many ${what}`,
    `The broker keeps ${quota.all} ${what}: ${everybody} for everybody, ${quota.perPerson} that one person has opened, ${local} from its own computer. Use one that there is, or give up another one first.`,
  )
}
