import { describe } from 'vitest'
import { areInstalled } from './real-server.ts'
import { springShapes } from './spring.ts'

describe.runIf(await areInstalled('spring'))('Spring with its simple broker', () => {
  springShapes(null)
})
