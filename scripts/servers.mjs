/**
 * `npm run test:servers [-- FILE…]`: installs the real STOMP servers that this computer can have, runs the tests against
 * them, and says what passed, how long it took, and what was left out. It ends within a time limit, whatever hangs.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ensureDependencies, environment, npmCommand, root, say } from './setup.mjs'

/** Minutes that everything may take. */
const limit = 24
const servers = ['rabbitmq', 'rabbitmq-cluster', 'activemq', 'artemis', 'spring']
/** What servers.sh says where the computer lacks something. */
const lacking = 3

const started = Date.now()
const script = join(root, 'scripts', 'servers.sh')
const folder = mkdtempSync(join(tmpdir(), 'stompbox-servers-'))
const report = join(folder, 'report.json')
/** @type {import('node:child_process').ChildProcess | null} */
let running = null

/** @param {number} since */
const secondsSince = since => ((Date.now() - since) / 1000).toFixed(0)

/**
 * Runs a program in a process group of its own, so that it can be ended with all that it started.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code
 */
const run = async (command, args, env) => {
  running = spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 2, 2] })
  const [code] = await once(running, 'exit')
  running = null
  return code ?? 1
}

/** Ends the servers that tests left running, and removes their folders. */
const clear = () => {
  for (const name of readdirSync(folder, { withFileTypes: true }))
    if (name.isDirectory()) {
      const server = name.name.replace(/-[^-]*$/, '')
      spawnSync(script, [server, 'kill', '--dir', join(folder, name.name)], {
        stdio: 'ignore',
        timeout: 60_000,
      })
    }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** @param {string} why */
const giveUp = why => {
  say(why)
  if (running?.pid !== undefined) process.kill(-running.pid, 'SIGKILL')
  clear()
  process.exit(1)
}

setTimeout(
  () => giveUp(`The tests against real servers were ended: they took more than ${limit} minutes.`),
  limit * 60_000,
).unref()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => giveUp('Interrupted.'))

ensureDependencies()
const leftOut = []
for (const name of servers) {
  const since = Date.now()
  let code = await run(script, [name, 'install'], process.env)
  // A registry may fail for a moment.
  if (code !== 0 && code !== lacking) code = await run(script, [name, 'install'], process.env)
  if (code === 0) say(`✓ ${name} is installed (${secondsSince(since)} s)`)
  else {
    leftOut.push(name)
    if (code !== lacking) say(`✗ ${name} could not be installed, twice.`)
  }
}

const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const [command, args] = npmCommand([
  ...['exec', '--', 'vitest', 'run', '--project', 'servers'],
  ...reporters,
  ...process.argv.slice(2),
])
const code = await run(command, args, {
  ...process.env,
  ...environment(),
  SERVERS_LEFT_OUT: leftOut.join(' '),
  SERVERS_FOLDER: folder,
})

/** @type {{ testResults: { name: string, startTime: number, endTime: number, assertionResults: { status: string }[] }[] }} */
const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
const total = { passed: 0, failed: 0, 'left out': 0 }
const table = testResults.map(({ name, startTime, endTime, assertionResults }) => {
  const row = { passed: 0, failed: 0, 'left out': 0, seconds: Math.round((endTime - startTime) / 1000) }
  for (const { status } of assertionResults) {
    const kind = status === 'passed' || status === 'failed' ? status : 'left out'
    row[kind]++
    total[kind]++
  }
  return [basename(name, '.test.ts'), row]
})
console.table(Object.fromEntries(table))
if (leftOut.length > 0) say(`Left out, because they are not installed: ${leftOut.join(', ')}.`)
console.log(
  `${total.passed} passed, ${total.failed} failed, ${total['left out']} left out in ${secondsSince(started)} s`,
)
clear()
process.exitCode = code
