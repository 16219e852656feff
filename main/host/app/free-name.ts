/**
 * SEND `/app/name/free`: frees a name whose device key is lost, so that it can be claimed again. For owners of the
 * host.
 */
import { refused } from '../wire/refusal.ts'
import type { SendHandler } from './context.ts'
import { parseRequest } from '../wire/json-body.ts'
import { findPerson, isKnown } from './person.ts'

export const freeName: SendHandler = async (context, { principal }, message) => {
  const { access, known, turns } = context
  const body = parseRequest('/app/name/free', message.body)
  if (!access.ownsHost(principal.id)) throw refused('not-allowed', 'only an owner of the host frees names')
  const about = await findPerson(context, body)
  if (!isKnown(context, about)) throw refused('input-invalid', 'personId: guests have claimed no name')
  if (about === principal.id)
    throw refused('input-invalid', 'personId: to free your own name, CONNECT with another one')
  await turns.take(() => known.freeName(about))
}
