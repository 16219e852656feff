/**
 * Makes up an Electron distribution: the files that the packager wants to find, and in `electron` the fuse wire that it sets.
 * Usage: make-dist.mjs FOLDER VERSION
 */
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, version] = process.argv.slice(2)
if (!folder || !version) throw new Error('Usage: make-dist.mjs FOLDER VERSION')

/** The sentinel that @electron/fuses looks for, the wire's version and length, and its fuses as they leave the factory. */
const fuseWire = Buffer.concat([
  Buffer.from('#!/bin/sh\nexit 0\ndL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100110\n'),
])
const executables = ['chrome-sandbox', 'chrome_crashpad_handler']
const others = [
  ...[
    'libffmpeg.so',
    'libEGL.so',
    'libGLESv2.so',
    'libvk_swiftshader.so',
    'libvulkan.so.1',
    'vk_swiftshader_icd.json',
  ],
  ...['icudtl.dat', 'resources.pak', 'chrome_100_percent.pak', 'chrome_200_percent.pak'],
  ...['snapshot_blob.bin', 'v8_context_snapshot.bin', 'LICENSE', 'LICENSES.chromium.html'],
  ...['locales/en-US.pak', 'locales/ko.pak', 'locales/de.pak'],
]

rmSync(folder, { recursive: true, force: true })
for (const path of ['locales', 'resources']) mkdirSync(join(folder, path), { recursive: true })
for (const file of [...executables, ...others]) writeFileSync(join(folder, file), 'x')
writeFileSync(join(folder, 'electron'), fuseWire)
writeFileSync(join(folder, 'version'), version)
for (const file of ['electron', ...executables]) chmodSync(join(folder, file), 0o755)
