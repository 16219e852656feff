/** Third-party servers as higher baselines: uWebSockets and Bun, each with its own publish and subscribe. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { npm } from '../../scripts/setup.mjs'
import { startServer, type ServerProcess } from './server-process.ts'

const folder = join(import.meta.dirname, 'peers')
const modules = join(folder, 'node_modules')
const exeSuffix = process.platform === 'win32' ? '.exe' : ''

/** A third-party server, or the reason why it is left out. */
export type Peer = { name: string } & ({ start: () => Promise<ServerProcess> } | { leftOut: string })

/** Installs the programs in the lock file of `peers/`. @throws Error if npm fails. */
export const installPeers = (): void => {
  const code = npm(['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'])
  if (code !== 0) throw new Error('npm could not install uWebSockets and Bun.')
}

/** @returns the version of a Node's native interface; null if it is not a Node. */
const interfaceOf = (node: string): string | null => {
  try {
    return execFileSync(node, ['-p', 'process.versions.modules'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}

const notInstalled = 'is left out: `npm run bench:broker -- --install` installs it.'

/**
 * uWebSockets' newest npm package only has native modules for Node 16, 18 and 20, so the project's own Node can't load
 * them.
 */
const findUws = (): Peer => {
  const name = 'uWebSockets'
  const binaries = join(modules, '@trufflesuite', 'uws-js-unofficial', 'binaries')
  if (!existsSync(binaries)) return { name, leftOut: notInstalled }
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    const node = join(directory, `node${exeSuffix}`)
    if (!existsSync(node)) continue
    const binary = join(binaries, `uws_${process.platform}_${process.arch}_${interfaceOf(node) ?? ''}.node`)
    if (existsSync(binary))
      return { name, start: () => startServer('uws-server.mjs', { program: node, args: [binary] }) }
  }
  return { name, leftOut: 'is left out: no Node on the PATH is one that it loads on (16, 18 or 20).' }
}

const findBun = (): Peer => {
  const name = 'Bun'
  if (!existsSync(modules)) return { name, leftOut: notInstalled }
  const scope = join(modules, '@oven')
  const [program] = (existsSync(scope) ? readdirSync(scope) : [])
    .map(build => join(scope, build, 'bin', `bun${exeSuffix}`))
    .filter(path => existsSync(path))
  return program === undefined
    ? { name, leftOut: 'is left out: it has no program for this system.' }
    : { name, start: () => startServer('bun-server.ts', { program }) }
}

export const findPeers = (): Peer[] => [findUws(), findBun()]
