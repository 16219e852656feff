import { expect, test } from 'vitest'
import { matches, presetIn, withPreset } from '../../../../renderer/servers/preset/preset-draft.ts'
import { draftOf, readDraft } from '../../../../renderer/servers/profile/draft.ts'
import { presetNames, presetOf } from '../../../../shared/contract/presets.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'

const before = draftOf(
  profileOf({
    connect: { login: 'ada', headers: [{ name: 'x-app', value: '1' }], token: { source: { from: 'field' } } },
    identity: { userId: '7' },
    rooms: { send: '/app/else' },
  }),
)

test.each(presetNames)('the preset %s is recognised in the form that it has filled', name => {
  const draft = withPreset(draftOf(profileOf()), name)
  expect(readDraft(draft)).toEqual(presetOf(name))
  expect(matches(draft, name)).toBe(true)
  expect(presetOf(presetIn(draft))).toEqual(presetOf(name))
})

test('who the person is, headers and the token stay; destinations do not', () => {
  const after = withPreset(before, 'spring-pub-sub')
  expect(after.connect).toEqual(before.connect)
  expect(after.identity).toEqual(before.identity)
  expect(after.rooms.send).toBe('/pub/chat/message')
})

test('a form that is like no preset is a custom one, which changes nothing', () => {
  expect(presetIn(before)).toBe('custom')
  expect(matches(before, 'stompbox')).toBe(false)
  expect(withPreset(before, 'custom')).toBe(before)
})
