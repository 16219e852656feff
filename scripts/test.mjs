/** `npm test`: everything that has to hold, in the order in which it fails fastest. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  ensureBuild,
  ensureChromium,
  ensureDependencies,
  ensureStompClients,
  npm,
  root,
  say,
} from './setup.mjs'

const reports = join(root, '.cache', 'reports')

/**
 * @param {string} file
 * @returns {any} what a test runner has written there
 */
const report = file => JSON.parse(readFileSync(join(reports, file), 'utf8'))

const vitest = (/** @type {string} */ file) => [
  '--',
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${join(reports, file)}`,
]
const countVitest = (/** @type {string} */ file) => {
  const { numPassedTests, numFailedTests } = report(file)
  return { passed: numPassedTests, failed: numFailedTests }
}

/** @type {{ name: string, args: string[], count?: () => { passed: number, failed: number } }[]} */
const steps = [
  { name: 'checks', args: ['run', '--silent', 'check'] },
  {
    name: 'unit',
    args: ['run', '--silent', 'test:unit', ...vitest('unit.json')],
    count: () => countVitest('unit.json'),
  },
  {
    name: 'end to end',
    args: ['run', '--silent', 'test:e2e'],
    count: () => {
      const { expected, unexpected, flaky } = report('e2e.json').stats
      return { passed: expected + flaky, failed: unexpected }
    },
  },
  {
    name: 'packaging',
    args: ['run', '--silent', 'test:packaging', ...vitest('packaging.json')],
    count: () => countVitest('packaging.json'),
  },
]

ensureDependencies()
const chromium = ensureChromium()
ensureStompClients()
rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })
ensureBuild()

const total = { passed: 0, failed: 0 }
/** @type {string[]} */
const broken = []
for (const { name, args, count } of steps) {
  const started = Date.now()
  const code = npm(args, { env: { CHROMIUM_PATH: chromium } })
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
console.log(`${total.passed} passed, ${total.failed} failed`)
if (broken.length > 0) {
  say(`Not in order: ${broken.join(', ')}.`)
  process.exit(1)
}
