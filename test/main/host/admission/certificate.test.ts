import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ownCertificate, readCertificate } from '../../../../main/host/admission/certificate.ts'
import { fingerprintSchema } from '../../../../shared/contract/model.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const stored = (name: string) => fileURLToPath(new URL(`../../certificates/${name}`, import.meta.url))

test('a certificate given by the operator is read with its key', () => {
  const { cert, fingerprint } = readCertificate(stored('untrusted.crt'), stored('untrusted.key'))
  expect(fingerprint).toBe('4b4400434a88b81a5feb40d622f807fd708f12ebe12d367772ea77acf0d19e47')
  expect(cert).toContain('BEGIN CERTIFICATE')
})

test('an invalid certificate, or the key of another one, is reported', async () => {
  const folder = temporaryFolder()
  await ownCertificate(folder)
  const other = join(folder, 'host.pem')
  const none = join(folder, 'none.pem')
  writeFileSync(none, 'nothing')
  const [cert, key] = [stored('untrusted.crt'), stored('untrusted.key')]
  expect(() => readCertificate(none, key)).toThrow('certificate-invalid')
  expect(() => readCertificate(cert, other)).toThrow('certificate-invalid')
  expect(() => readCertificate(join(folder, 'missing'), key)).toThrow('file-unreadable')
})

test('a host makes its own certificate once, readable by its user only, without a name in it', async () => {
  const folder = join(temporaryFolder(), 'data')
  const made = await ownCertificate(folder)
  expect(await ownCertificate(folder)).toEqual(made)
  expect(fingerprintSchema.parse(made.fingerprint)).toBe(made.fingerprint)
  expect(readdirSync(folder)).toEqual(['host.pem'])
  if (process.platform !== 'win32') expect(statSync(join(folder, 'host.pem')).mode & 0o777).toBe(0o600)
  const certificate = new X509Certificate(made.cert)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  expect(certificate.subject).toBe('CN=Stompbox host')
  expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1')
  expect(new Date(certificate.validTo).getUTCFullYear()).toBe(9999)
  expect((await ownCertificate(temporaryFolder())).fingerprint).not.toBe(made.fingerprint)
})

test('a broken certificate is not replaced', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'host.pem')
  writeFileSync(file, 'nothing')
  await expect(ownCertificate(folder)).rejects.toThrow('certificate-invalid')
  expect(readFileSync(file, 'utf8')).toBe('nothing')
})

test('a folder that can’t be made is reported', async () => {
  const folder = join(stored('untrusted.crt'), 'data')
  await expect(ownCertificate(folder)).rejects.toThrow('disk-readonly')
})
