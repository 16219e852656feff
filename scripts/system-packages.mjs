/**
 * Installs the operating system packages that the tests need, by apt, if this user may: Chromium, and third-party STOMP
 * clients. A separate program, so that npm can install packages at the same time.
 */
import { spawnSync } from 'node:child_process'
import { findChromium, giveUp, say } from './setup.mjs'

/**
 * @param {string} command
 * @param {string[]} args
 */
const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/**
 * Installs Debian packages if this user may.
 * @param {string[]} packages
 */
const installDebianPackages = packages => {
  if (!succeeds('apt-get', ['--version'])) return
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  if (asRoot.length > 0 && !succeeds('sudo', ['-n', 'true'])) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {string[]} */ ...args) => {
    const [command = 'apt-get', ...rest] = [...asRoot, 'apt-get', '-qq', ...args]
    return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
  }
  if (apt('update')) apt('install', '-y', '--no-install-recommends', ...packages)
}

const ensureChromium = () => {
  if (findChromium() !== undefined) return
  say('Installing Chromium for the tests (once) …')
  installDebianPackages(['chromium', 'fonts-noto-cjk'])
  if (findChromium() === undefined)
    giveUp(
      'The tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.',
    )
}

/** Third-party STOMP clients, each with a check whether it is installed. */
const stompClients = /** @type {const} */ ([
  { name: 'python3-stomp', probe: ['/usr/bin/python3', '-c', 'import stomp'] },
  { name: 'ruby-stomp', probe: ['/usr/bin/ruby', '-e', 'require "stomp"'] },
  { name: 'libnet-stomp-perl', probe: ['/usr/bin/perl', '-e', 'use Net::Stomp'] },
  // Without it apt would install another PHP, that of a web server.
  { name: 'php-cli', probe: ['/usr/bin/php', '--version'] },
  { name: 'php-stomp', probe: ['/usr/bin/php', '-r', 'exit(class_exists("Stomp") ? 0 : 1);'] },
])

/** If it can't install them, it says which tests are left out. */
const ensureStompClients = () => {
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

ensureChromium()
ensureStompClients()
