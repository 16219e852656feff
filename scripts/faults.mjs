/** `npm run test:faults -- --rounds 10`: the whole failure matrix with this many faults of each kind, and its table. */
import { parseArgs } from 'node:util'
import { npm } from './setup.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } })
process.exitCode = npm(['run', '--silent', 'test:unit', '--', '--project', 'node', 'test/faults'], {
  env: { FAULT_ROUNDS: values.rounds },
})
