/** Structured log; the broker gives it neither secrets nor bodies. */
export interface BrokerLog {
  info(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}
