/** SEND `/app/name/free`: lets go of a name whose device key is lost, so that it can be claimed again. For owners of the host. */
import { z } from 'zod'
import { refused } from '../wire/refusal.ts'
import type { SendHandler } from './context.ts'
import { parseBody } from '../wire/json-body.ts'
import { findPerson, isKnown, personFields } from './person.ts'

export const freeName: SendHandler = (context, { principal }, message) => {
  const { access, history } = context
  const body = parseBody(z.object(personFields), message.body)
  if (!access.ownsHost(principal.id)) throw refused('not-allowed', 'only an owner of the host frees names')
  const about = findPerson(context, body)
  if (!isKnown(context, about)) throw refused('input-invalid', 'personId: guests have claimed no name')
  if (about === principal.id)
    throw refused('input-invalid', 'personId: your own name is free when you take another one')
  history.people.freeName(about)
}
