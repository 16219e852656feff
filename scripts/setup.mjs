/**
 * What `npm start` and `npm test` need before anything else can run. Plain JavaScript without packages, because it runs on
 * a fresh clone with whatever Node started npm.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** @param {string} text */
export const say = text => process.stderr.write(`${text}\n`)

/**
 * Says why it can't go on, in one sentence, and ends the process.
 * @param {string} text
 * @returns {never}
 */
export const giveUp = text => {
  say(text)
  process.exit(1)
}

// As package.json has it under `engines`, which npm itself only warns about.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  giveUp(
    `Stompbox needs Node 20.19 or newer to start from; this is ${process.version}. See https://nodejs.org.`,
  )

export const root = resolve(import.meta.dirname, '..')

/** The environment in which `node` is the project's own Node and its tools are on the PATH. */
export const environment = () => ({
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
})

/**
 * @param {string[]} args
 * @returns {[command: string, args: string[], options: { cwd: string, shell: boolean }]} what runs npm with the Node that runs this
 */
export const npmCommand = args => {
  const cli = process.env['npm_execpath']
  return cli
    ? [process.execPath, [cli, ...args], { cwd: root, shell: false }]
    : ['npm', args, { cwd: root, shell: process.platform === 'win32' }]
}

/**
 * Runs npm. What it prints goes to stderr: the host's stdout carries nothing but its ready line.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [how]
 * @returns {number} the exit code
 */
export const npm = (args, { env = {}, quiet = false } = {}) => {
  const [command, all, options] = npmCommand(args)
  const stdio = /** @type {import('node:child_process').StdioOptions} */ (
    quiet ? 'ignore' : ['inherit', 2, 2]
  )
  return spawnSync(command, all, { ...options, stdio, env: { ...environment(), ...env } }).status ?? 1
}

/** @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockEntry */

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
const lockedPackages = file => JSON.parse(readFileSync(join(root, file), 'utf8')).packages

/** Whether what npm last installed is what package-lock.json asks for. */
const dependenciesAreCurrent = () => {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false
  const installed = lockedPackages('node_modules/.package-lock.json')
  return Object.entries(lockedPackages('package-lock.json')).every(
    ([path, { version, integrity, optional }]) =>
      path === '' ||
      (optional === true && !(path in installed)) ||
      (installed[path]?.version === version && installed[path]?.integrity === integrity),
  )
}

/** Installs the packages of package-lock.json where they are missing or others. */
export const ensureDependencies = () => {
  if (dependenciesAreCurrent()) return
  say('Installing the packages that Stompbox is made of (once; about a minute) …')
  if (npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']) !== 0)
    giveUp(
      'npm could not install the packages. Check the connection to the npm registry, then run this again.',
    )
}

/**
 * @param {string} path of a file or folder
 * @returns {number} when it, or anything in it, last changed; milliseconds since the epoch
 */
const lastChange = path => {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return readdirSync(path, { withFileTypes: true })
    .filter(entry => entry.name !== '.types')
    .reduce((newest, entry) => Math.max(newest, lastChange(join(path, entry.name))), mtimeMs)
}

const sources = ['main', 'preload', 'renderer', 'shared', 'electron.vite.config.ts', 'package-lock.json']

/** What `npm run build` says only where something is wrong. */
export const buildArguments = ['run', '--silent', 'build', '--', '--logLevel', 'warn']

/** @returns {boolean} whether the app in `out/` is newer than its sources */
export const buildIsCurrent = () => {
  const built = join(root, 'out', 'renderer', 'index.html')
  const newest = Math.max(...sources.map(name => lastChange(join(root, name))))
  return existsSync(built) && statSync(built).mtimeMs > newest
}

/** Builds the app into `out/` where the sources are newer than the last build. */
export const ensureBuild = () => {
  if (buildIsCurrent()) return
  say('Building …')
  if (npm(buildArguments) !== 0) giveUp('The build failed; what went wrong stands above.')
}

/** @returns {boolean} whether Electron's own program is installed */
export const hasElectron = () => {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  return existsSync(pathFile) && existsSync(join(folder, 'dist', readFileSync(pathFile, 'utf8')))
}

/** Where a Chromium usually is; the environment variable CHROMIUM_PATH goes first. */
const chromiumPaths = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** @returns {string | undefined} the path of a Chromium on this computer */
export const findChromium = () => chromiumPaths.find(path => path !== undefined && existsSync(path))
