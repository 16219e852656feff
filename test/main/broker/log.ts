import type { BrokerLog } from '../../../main/broker/context.ts'

/** For tests that look at behaviour alone. */
export const silentLog: BrokerLog = { info: () => undefined, error: () => undefined }
