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
 * Runs npm with the Node that runs this. What it prints goes to stderr: the host's stdout carries nothing but its ready line.
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [how]
 * @returns {number} the exit code
 */
export const npm = (args, { env = {}, quiet = false } = {}) => {
  const cli = process.env['npm_execpath']
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = {
    cwd: root,
    stdio: quiet ? 'ignore' : ['inherit', 2, 2],
    env: { ...environment(), ...env },
  }
  const run = cli
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  return run.status ?? 1
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

/** Builds the app into `out/` where the sources are newer than the last build. */
export const ensureBuild = () => {
  const built = join(root, 'out', 'renderer', 'index.html')
  const newest = Math.max(...sources.map(name => lastChange(join(root, name))))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  say('Building …')
  if (npm(['run', '--silent', 'build', '--', '--logLevel', 'warn']) !== 0)
    giveUp('The build failed; what went wrong stands above.')
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

/**
 * @param {string} command
 * @param {string[]} args
 */
const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/**
 * Installs Debian packages where this user may.
 * @param {string[]} packages
 * @returns {boolean} whether they are installed now
 */
const installDebianPackages = packages => {
  if (!succeeds('apt-get', ['--version'])) return false
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (asRoot.length > 0 && !succeeds('sudo', ['-n', 'true'])) return false
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {string[]} */ ...args) => {
    const [command = 'apt-get', ...rest] = [...asRoot, 'apt-get', '-qq', ...args]
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
  }
  return apt('update') && apt('install', '-y', '--no-install-recommends', ...packages)
}

/** @returns {string} the path of a Chromium, installed by apt where there is none and this user may */
export const ensureChromium = () => {
  const present = findChromium()
  if (present) return present
  say('Installing Chromium, which the tests run in (once) …')
  installDebianPackages(['chromium', 'fonts-noto-cjk'])
  return (
    findChromium() ??
    giveUp(
      'The tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.',
    )
  )
}

/** STOMP clients that others wrote, each with what tells that it is there. */
const stompClients = /** @type {const} */ ([
  { name: 'python3-stomp', probe: ['/usr/bin/python3', '-c', 'import stomp'] },
  { name: 'ruby-stomp', probe: ['/usr/bin/ruby', '-e', 'require "stomp"'] },
  { name: 'libnet-stomp-perl', probe: ['/usr/bin/perl', '-e', 'use Net::Stomp'] },
  // Without it apt would take another PHP, that of a web server.
  { name: 'php-cli', probe: ['/usr/bin/php', '--version'] },
  { name: 'php-stomp', probe: ['/usr/bin/php', '-r', 'exit(class_exists("Stomp") ? 0 : 1);'] },
])

/** Installs Debian's STOMP clients where this user may; elsewhere says which tests are left out. */
export const ensureStompClients = () => {
  const missing = () =>
    stompClients.filter(({ probe: [command, ...args] }) => !succeeds(command, args)).map(({ name }) => name)
  const wanted = missing()
  if (wanted.length === 0) return
  say(`Installing STOMP clients to test against (once): ${wanted.join(', ')} …`)
  installDebianPackages(wanted)
  const absent = missing()
  if (absent.length > 0)
    say(
      `The broker is not tested against ${absent.join(', ')}: install them with apt-get on a Debian system.`,
    )
}
