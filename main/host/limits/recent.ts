/** The most entries. */
const most = 4_096

/** A bounded map for entries caused by strangers: when it is full, it drops the oldest one. */
export class Recent<Value> {
  /** In the order in which they were set. */
  readonly #values = new Map<string, Value>()

  get(key: string): Value | undefined {
    return this.#values.get(key)
  }

  set(key: string, value: Value): void {
    this.#values.delete(key)
    this.#values.set(key, value)
    const [oldest] = this.#values.keys()
    if (this.#values.size > most && oldest !== undefined) this.#values.delete(oldest)
  }

  delete(key: string): void {
    this.#values.delete(key)
  }
}
