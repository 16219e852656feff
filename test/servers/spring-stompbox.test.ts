import { describe } from 'vitest'
import { areInstalled, useServer } from './real-server.ts'
import { springShapes } from './spring.ts'

describe.runIf(await areInstalled('spring', 'stompbox'))("Spring with a relay to Stompbox's own host", () => {
  springShapes(useServer('stompbox'))
})
