import { ProtocolError } from '../frames/protocol-error.ts'
import { partsOf, type Quota } from '../quotas/quota.ts'

/** @param what plural of the kind, in lower case. @returns the error for a peer that opens one too many. */
export const tooMany = (what: string, quota: Quota): ProtocolError => {
  const { everybody, local } = partsOf(quota)
  return new ProtocolError(
    `Too many ${what}`,
    `The broker allows ${quota.all} ${what}: ${everybody} without its reserve, ${quota.perPerson} for one person, ${local} from its own computer. Use an existing one, or delete another one first.`,
  )
}
