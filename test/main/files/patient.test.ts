import { expect, test } from 'vitest'
import { patiently, systemCode } from '../../../main/files/patient.ts'

const failing = (code: string) => Object.assign(new Error(code), { code })

test.each(['EBUSY', 'EPERM', 'EACCES'])('%s is waited out', async code => {
  let tries = 0
  const work = () => (++tries < 4 ? Promise.reject(failing(code)) : Promise.resolve('read'))
  expect(await patiently(work)).toBe('read')
  expect(tries).toBe(4)
})

test('what stays as it is, is told in the end', async () => {
  let tries = 0
  const work = () => {
    tries++
    return Promise.reject(failing('EBUSY'))
  }
  await expect(patiently(work)).rejects.toThrow('EBUSY')
  expect(tries).toBeGreaterThan(3)
})

test.each([failing('ENOENT'), failing('ENOSPC'), new Error('no code')])(
  '%s is told at once',
  async thrown => {
    let tries = 0
    const work = () => {
      tries++
      return Promise.reject(thrown)
    }
    await expect(patiently(work)).rejects.toBe(thrown)
    expect(tries).toBe(1)
    expect(systemCode(thrown)).toBe('code' in thrown ? thrown.code : null)
  },
)
