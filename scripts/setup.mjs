/**
 * Preparation for `npm start` and `npm test`. Plain JavaScript without packages, because it runs on a fresh clone with
 * whatever Node started npm.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

/** @param {string} text */
export const say = text => process.stderr.write(`${text}\n`)

/**
 * Prints why it can't go on, in one sentence, and ends the process.
 * @param {string} text
 * @returns {never}
 */
export const giveUp = text => {
  say(text)
  process.exit(1)
}

// The version in package.json's `engines`, about which npm itself only warns.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  giveUp(`Stompbox needs Node 20.19 or newer to start; this is ${process.version}. See https://nodejs.org.`)

export const root = resolve(import.meta.dirname, '..')

/** The environment in which `node` is the project's own Node and its tools are on the PATH. */
export const environment = () => ({
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
})

/**
 * @param {string[]} args
 * @returns {[command: string, args: string[], options: { cwd: string, shell: boolean }]} a command that runs npm with
 *   the current Node
 */
export const npmCommand = args => {
  const cli = process.env['npm_execpath']
  return cli
    ? [process.execPath, [cli, ...args], { cwd: root, shell: false }]
    : ['npm', args, { cwd: root, shell: process.platform === 'win32' }]
}

/**
 * Runs npm. Its output goes to stderr, because the host's stdout is reserved for its ready line.
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

/** Whether the installed packages match package-lock.json. */
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

/** Installs the packages of package-lock.json if they are missing or outdated. */
export const ensureDependencies = () => {
  if (dependenciesAreCurrent()) return
  say('Installing packages (once; about a minute) …')
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

/** Arguments with which `npm run build` only prints problems. */
export const buildArguments = ['run', '--silent', 'build', '--', '--logLevel', 'warn']

/** @returns {boolean} whether the app in `out/` is newer than its sources */
export const buildIsCurrent = () => {
  const built = join(root, 'out', 'renderer', 'index.html')
  const newest = Math.max(...sources.map(name => lastChange(join(root, name))))
  return existsSync(built) && statSync(built).mtimeMs > newest
}

/** Builds the app into `out/` if the sources are newer than the last build. */
export const ensureBuild = () => {
  if (buildIsCurrent()) return
  say('Building …')
  if (npm(buildArguments) !== 0) giveUp('The build failed; see the errors above.')
}

/** @returns {boolean} whether Electron's own program is installed */
export const hasElectron = () => {
  const folder = join(root, 'node_modules', 'electron')
  const pathFile = join(folder, 'path.txt')
  return existsSync(pathFile) && existsSync(join(folder, 'dist', readFileSync(pathFile, 'utf8')))
}

/** The usual paths of a Chromium; the environment variable CHROMIUM_PATH goes first. */
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
