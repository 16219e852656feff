/** `npm run fuzz -- --seconds 600`: fuzzes the decoder and whole sessions, side by side, for that long. */
import { parseArgs } from 'node:util'
import { npm } from './setup.mjs'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const files = ['test/main/broker/fuzz.test.ts', 'test/shared/stomp/fuzz.test.ts']
process.exitCode = npm(['run', '--silent', 'test:unit', '--', '--project', 'node', ...files], {
  env: { FUZZ_SECONDS: values.seconds },
})
