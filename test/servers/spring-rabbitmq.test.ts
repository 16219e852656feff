import { describe } from 'vitest'
import { areInstalled, useServer } from './real-server.ts'
import { springShapes } from './spring.ts'

describe.runIf(await areInstalled('spring', 'rabbitmq'))('Spring with a relay to RabbitMQ', () => {
  springShapes(useServer('rabbitmq'))
})
