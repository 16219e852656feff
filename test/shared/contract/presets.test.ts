import { expect, test } from 'vitest'
import { exportProfile, longestProfileFile, parseProfileFile } from '../../../shared/contract/profile-file.ts'
import { presetNames, presetOf } from '../../../shared/contract/presets.ts'
import { profileOf } from '../../../shared/contract/profile.ts'

test.each(presetNames)('the preset %s is a profile, and comes back from its file', name => {
  expect(parseProfileFile(exportProfile(presetOf(name)))).toEqual({ profile: presetOf(name) })
})

test('a file that is no profile says why', () => {
  expect(parseProfileFile('')).toEqual({ problem: 'no-profile' })
  expect(parseProfileFile('{"format":"else","version":1}')).toEqual({ problem: 'no-profile' })
  expect(parseProfileFile('{"format":"stompbox-profile","version":2}')).toEqual({ problem: 'newer' })
  expect(parseProfileFile(' '.repeat(longestProfileFile + 1))).toEqual({ problem: 'too-long' })
  const wrong = { ...profileOf(), own: [{ destination: '', name: 'x' }] }
  expect(
    parseProfileFile(JSON.stringify({ format: 'stompbox-profile', version: 1, profile: wrong })),
  ).toEqual({
    problem: 'wrong',
    issues: [{ path: ['own', 0, 'destination'], problem: 'missing' }],
  })
})

test('the file of a profile has no secret, and the longest profile is read again', () => {
  const headers = Array.from({ length: 22 }, (_, n) => ({ name: `h${n}`, value: '\\'.repeat(1000) }))
  const profile = profileOf({ connect: { headers, handshake: [{ name: 'Cookie', secret: true }] } })
  expect(parseProfileFile(exportProfile(profile))).toEqual({ profile })
  expect(exportProfile(profile)).toContain('"value": "",\n')
})
