import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFileAtomic } from '../../../main/files/atomic-file.ts'

test('replaces a file and leaves nothing else behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atomic-file-'))
  const file = join(folder, 'a.json')
  await writeFileAtomic(file, 'one')
  await writeFileAtomic(file, '둘')
  expect(await readFile(file, 'utf8')).toBe('둘')
  expect(await readdir(folder)).toEqual(['a.json'])
})

test('says that the disk is full, and keeps what was there', async context => {
  // Every write to /dev/full fails with ENOSPC; the unfinished file is made a link to it. Only Linux has that device.
  if (!existsSync('/dev/full')) return context.skip()
  const folder = await mkdtemp(join(tmpdir(), 'atomic-file-'))
  const file = join(folder, 'a.json')
  await writeFileAtomic(file, 'kept')
  execFileSync('ln', ['-s', '/dev/full', `${file}.tmp`])
  await expect(writeFileAtomic(file, 'new')).rejects.toMatchObject({ error: { code: 'disk-full' } })
  expect(await readFile(file, 'utf8')).toBe('kept')
  expect(await readdir(folder)).toEqual(['a.json'])
})
