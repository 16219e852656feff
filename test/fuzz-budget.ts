/** How long a fuzzer looks for trouble: some seconds as a test, `npm run fuzz -- --seconds N` as long as one likes. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const secondsOf = (usual: number): number => Number(process.env.FUZZ_SECONDS ?? usual)

/** @param usual seconds that the property is tried as a test. @returns parameters for fast-check. */
export const fuzzBudget = (usual: number) => ({
  numRuns: Number.MAX_SAFE_INTEGER,
  interruptAfterTimeLimit: secondsOf(usual) * 1000,
  markInterruptAsFailure: false,
})

/** @returns when such a test has hung. Milliseconds. */
export const timeoutFor = (usual: number): number => secondsOf(usual) * 1000 + 60_000

setFlagsFromString('--expose-gc')

/** @returns the memory of this thread that is no garbage, buffers included. Bytes. */
export const heapUsed = (): number => {
  runInNewContext('gc()')
  const { heapUsed: heap, external } = process.memoryUsage()
  return heap + external
}
