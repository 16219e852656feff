import { describeActiveMq } from './active-mq.ts'

await describeActiveMq('activemq', 'ActiveMQ', 'frame-too-large')
