import type { BrokerLog } from '../../../main/broker/options/log.ts'

/** For tests that look at behaviour alone. */
export const silentLog: BrokerLog = { info: () => undefined, error: () => undefined }
