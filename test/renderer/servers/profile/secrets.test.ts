import { expect, test } from 'vitest'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { draftOf } from '../../../../renderer/servers/profile/draft.ts'
import { editDraft } from '../../../../renderer/servers/profile/edit-draft.ts'
import { missingSecrets, typedSecrets } from '../../../../renderer/servers/profile/secrets.ts'

const draft = editDraft(
  draftOf(
    profileOf({
      connect: {
        headers: [{ name: 'x-app', value: 'open' }],
        handshake: [
          { name: 'Cookie', secret: true },
          { name: 'Authorization', secret: true },
        ],
      },
    }),
  ),
  { edit: 'set', at: 'connect.handshake.0.value', value: ' SESSION=7 ' },
)

test('secrets that are typed go by the names of the key store', () => {
  expect(typedSecrets(draft)).toEqual({ 'handshake:Cookie': 'SESSION=7' })
})

test('a secret that is neither typed nor kept is missing at its field', () => {
  const missing = { path: ['connect', 'handshake', 1, 'value'], problem: 'missing' }
  expect(missingSecrets(draft, [])).toEqual([missing])
  expect(missingSecrets(draft, ['handshake:Authorization'])).toEqual([])
})
