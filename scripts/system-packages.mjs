/**
 * Installs by apt, where this user may, what the tests need from the operating system: Chromium, and STOMP clients that others wrote. A
 * program of its own, so that npm can install packages meanwhile.
 */
import { spawnSync } from 'node:child_process'
import { findChromium, giveUp, say } from './setup.mjs'

/**
 * @param {string} command
 * @param {string[]} args
 */
const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/**
 * Installs Debian packages where this user may.
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
  say('Installing Chromium, which the tests run in (once) …')
  installDebianPackages(['chromium', 'fonts-noto-cjk'])
  if (findChromium() === undefined)
    giveUp(
      'The tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.',
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

/** Elsewhere it says which tests are left out. */
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
