import { describeActiveMq } from './active-mq.ts'

await describeActiveMq('artemis', 'Artemis', 'server-hangs-up')
