import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openCredentials, type Seal } from '../../../main/files/credentials.ts'
import { collectLog } from '../collect-log.ts'

interface KeyStore extends Seal {
  /** Whether it was told to do without a key ring. */
  plain: boolean
  sealed: number
}

/** A key store that seals with a key of its own; Electron's is there only inside Electron. */
const sealWith = (
  key: number,
  options: { available?: boolean; backend?: 'basic_text' | 'kwallet6'; rotates?: boolean } = {},
): KeyStore => {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map(byte => byte ^ key))
  const seal: KeyStore = {
    plain: false,
    sealed: 0,
    isAsyncEncryptionAvailable: () => Promise.resolve(options.available ?? true),
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    setUsePlainTextEncryption: plain => {
      seal.plain = plain
    },
    encryptStringAsync: text => {
      seal.sealed += 1
      return Promise.resolve(turn(Buffer.from(`sealed:${text}`)))
    },
    decryptStringAsync: bytes => {
      const text = turn(bytes).toString()
      return text.startsWith('sealed:')
        ? Promise.resolve({ result: text.slice('sealed:'.length), shouldReEncrypt: options.rotates ?? false })
        : Promise.reject(new Error('wrong key'))
    },
  }
  return seal
}
const folder = () => mkdtemp(join(tmpdir(), 'credentials-'))

test('keeps secrets sealed in a file for the owner alone', async () => {
  const path = await folder()
  const { log } = collectLog()
  const credentials = await openCredentials(path, sealWith(90), log, 'linux')
  expect(credentials.encrypted).toBe(true)
  expect(await credentials.get('passcode:a')).toBeNull()
  await Promise.all([credentials.set('passcode:a', '비밀-7K3M'), credentials.set('device-key:a', 'k')])
  expect(await credentials.get('passcode:a')).toBe('비밀-7K3M')

  const file = join(path, 'credentials.json')
  expect(await readFile(file, 'utf8')).not.toContain('7K3M')
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)

  const again = await openCredentials(path, sealWith(90), log, 'linux')
  expect(await again.get('passcode:a')).toBe('비밀-7K3M')
  await again.set('passcode:a', null)
  expect(await again.get('passcode:a')).toBeNull()
  expect(await again.get('device-key:a')).toBe('k')
})

test('a secret that another key store sealed is not none: it is told, and stays for the right one', async () => {
  const path = await folder()
  const { log, lines } = collectLog()
  await (await openCredentials(path, sealWith(1), log, 'linux')).set('passcode:a', 'secret')
  const other = await openCredentials(path, sealWith(2), log, 'linux')
  await expect(other.get('passcode:a')).rejects.toThrow('secrets-locked')
  expect(lines.at(-1)).toMatchObject({ level: 'warn', event: 'secret-unreadable' })
  expect(JSON.stringify(lines)).not.toContain('secret:')
  await other.set('passcode:b', 'another')
  expect(await (await openCredentials(path, sealWith(1), log, 'linux')).get('passcode:a')).toBe('secret')
})

test.each([
  ['linux', { backend: 'basic_text' }, false, false],
  ['linux', { available: false }, false, true],
  ['linux', { backend: 'kwallet6' }, true, false],
  ['darwin', {}, true, false],
  ['win32', { available: false }, false, false],
] as const)('on %s with %j it is said plainly: encrypted %s', async (platform, options, encrypted, plain) => {
  const seal = sealWith(3, options)
  const credentials = await openCredentials(await folder(), seal, collectLog().log, platform)
  expect(credentials.encrypted).toBe(encrypted)
  expect(seal.plain).toBe(plain)
})

test('says that a secret could not be kept', async () => {
  const broken = {
    ...sealWith(1),
    encryptStringAsync: () => Promise.reject(new Error('keychain locked')),
  }
  const credentials = await openCredentials(await folder(), broken, collectLog().log, 'darwin')
  await expect(credentials.set('passcode:a', 'x')).rejects.toMatchObject({
    error: { code: 'secrets-unavailable' },
  })
  expect(await credentials.get('passcode:a')).toBeNull()
})

test('seals a secret anew where the key store has a new key', async () => {
  const path = await folder()
  const { log } = collectLog()
  await (await openCredentials(path, sealWith(1), log, 'linux')).set('passcode:a', 'x')
  const seal = sealWith(1, { rotates: true })
  expect(await (await openCredentials(path, seal, log, 'linux')).get('passcode:a')).toBe('x')
  expect(seal.sealed).toBe(1)
})

test('a secret that can’t be sealed anew is given all the same', async () => {
  const path = await folder()
  const { log, lines } = collectLog()
  await (await openCredentials(path, sealWith(1), log, 'linux')).set('passcode:a', 'x')
  const failing = {
    ...sealWith(1, { rotates: true }),
    encryptStringAsync: () => Promise.reject(new Error('keychain locked')),
  }
  expect(await (await openCredentials(path, failing, log, 'linux')).get('passcode:a')).toBe('x')
  expect(lines.at(-1)).toMatchObject({ level: 'warn', event: 'secret-not-sealed-anew' })
})

test('one entry that makes no sense costs no other one', async () => {
  const path = await folder()
  const file = join(path, 'credentials.json')
  const { log } = collectLog()
  await (await openCredentials(path, sealWith(1), log, 'linux')).set('device-key:a', 'the key to a name')
  const { sealed } = JSON.parse(await readFile(file, 'utf8')) as { sealed: object }
  await writeFile(file, JSON.stringify({ sealed: { ...sealed, 'passcode:b': 7, 'passcode:c': '%%' } }))
  const credentials = await openCredentials(path, sealWith(1), log, 'linux')
  expect(await credentials.get('device-key:a')).toBe('the key to a name')
  for (const key of ['passcode:b', 'passcode:c'])
    await expect(credentials.get(key)).rejects.toThrow('secrets-locked')
  await credentials.set('passcode:c', 'typed again')
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ sealed: { 'passcode:b': 7 } })
})

test.each(['', '{"sealed":', '[]', '{"sealed":[1]}'])(
  'a file that is damaged is refused and left as it is: %j',
  async text => {
    const path = await folder()
    const file = join(path, 'credentials.json')
    await writeFile(file, text)
    const opening = openCredentials(path, sealWith(1), collectLog().log, 'linux')
    await expect(opening).rejects.toMatchObject({ error: { code: 'file-broken', params: { file } } })
    expect(await readdir(path)).toEqual(['credentials.json'])
    expect(await readFile(file, 'utf8')).toBe(text)
  },
)
