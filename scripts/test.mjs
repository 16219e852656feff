/** `npm test`: all checks and tests. Steps that can share the two processors of a small machine run side by side. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildArguments,
  buildIsCurrent,
  ensureDependencies,
  environment,
  findChromium,
  npmCommand,
  root,
  say,
} from './setup.mjs'

const reports = join(root, '.cache', 'reports')
/**
 * Hundreds of programs and threads start from the same sources; with this cache Node strips and compiles each file
 * once.
 */
const compiled = join(root, '.cache', 'compiled')

/**
 * @param {string} file
 * @returns {any} the report of a test runner
 */
const report = file => JSON.parse(readFileSync(join(reports, file), 'utf8'))

/** @typedef {{ name: string, args: string[], count?: () => { passed: number, failed: number } }} Step */

/**
 * @param {string} name
 * @returns {Step} a script of package.json that prints problems but counts nothing
 */
const check = name => ({ name, args: ['run', '--silent', `check:${name}`] })

/**
 * @param {string} name
 * @returns {Step} a script of package.json that runs vitest
 */
const vitest = name => ({
  name,
  args: [
    'run',
    '--silent',
    `test:${name}`,
    '--',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${join(reports, `${name}.json`)}`,
  ],
  count: () => {
    const { numPassedTests, numFailedTests } = report(`${name}.json`)
    return { passed: numPassedTests, failed: numFailedTests }
  },
})

/** @type {Step} */
const endToEnd = {
  name: 'end to end',
  args: ['run', '--silent', 'test:e2e'],
  count: () => {
    const { expected, unexpected, flaky } = report('e2e.json').stats
    return { passed: expected + flaky, failed: unexpected }
  },
}

const systemPackages = once(
  spawn(process.execPath, [join(import.meta.dirname, 'system-packages.mjs')], { stdio: ['ignore', 2, 2] }),
  'exit',
)
ensureDependencies()
const [installed] = await systemPackages
if (installed !== 0) process.exit(1)
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

/**
 * Run one after another; the lanes of a stage run side by side, and the steps of a lane one after another. @type
 * {Step[][][]}
 */
const stages = [
  [
    [check('lint')],
    [
      ...(buildIsCurrent() ? [] : [{ name: 'build', args: buildArguments }]),
      ...['types', 'imports', 'unused', 'format'].map(check),
      vitest('packaging'),
    ],
  ],
  // Both use two processors by themselves.
  [[vitest('unit')]],
  [[endToEnd]],
]

/**
 * @param {string[]} args
 * @param {boolean} alone prints npm's output immediately, otherwise at the end
 * @returns {Promise<number>} the exit code
 */
const npm = (args, alone) =>
  new Promise(resolve => {
    const [command, all, options] = npmCommand(args)
    const env = { ...environment(), CHROMIUM_PATH: findChromium(), NODE_COMPILE_CACHE: compiled }
    const child = spawn(command, all, {
      ...options,
      env,
      stdio: alone ? ['inherit', 2, 2] : ['ignore', 'pipe', 'pipe'],
    })
    /** @type {Buffer[]} */
    const printed = []
    child.stdout?.on('data', chunk => printed.push(chunk))
    child.stderr?.on('data', chunk => printed.push(chunk))
    child.on('error', () => resolve(1))
    child.on('close', code => {
      process.stderr.write(Buffer.concat(printed))
      resolve(code ?? 1)
    })
  })

const total = { passed: 0, failed: 0 }
/** @type {string[]} */
const broken = []

/**
 * @param {Step} step
 * @param {boolean} alone
 */
const run = async ({ name, args, count }, alone) => {
  const started = Date.now()
  const code = await npm(args, alone)
  say(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(0)} s)`)
  if (code !== 0) broken.push(name)
  try {
    const { passed, failed } = count?.() ?? { passed: 0, failed: 0 }
    total.passed += passed
    total.failed += failed
  } catch {
    say(`  ${name} left no report`)
    if (!broken.includes(name)) broken.push(name)
  }
}

for (const lanes of stages) {
  await Promise.all(
    lanes.map(async steps => {
      for (const step of steps) await run(step, lanes.length === 1)
    }),
  )
}
console.log(`${total.passed} passed, ${total.failed} failed`)
const needed = spawnSync('javac', ['-version']).error ? ', which need a JDK 17 and Maven' : ''
say(
  `Left out here: the tests against RabbitMQ, ActiveMQ, Artemis and Spring${needed}; npm run test:servers runs them.`,
)
if (broken.length > 0) {
  say(`Failed: ${broken.join(', ')}.`)
  process.exit(1)
}
