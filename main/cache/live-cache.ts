import type { CacheRecovery } from '../../shared/contract/desktop-commands.ts'
import { toFailure } from '../sqlite/failures.ts'
import { openAnother } from '../sqlite/open.ts'
import { createCache, type CacheCalls } from './cache.ts'
import { cacheFile, openDatabase } from './open.ts'
import { openRecovered, recover, type Recovered } from './recover.ts'

type CallName = keyof CacheCalls

/** The cache in one file, which is recovered when a call meets damage; the call is then carried out on what could be saved. */
export class LiveCache {
  readonly #file: string
  readonly #onRecovered: (recovery: CacheRecovery) => void
  #cache: CacheCalls
  /** Whether a recovery has failed: then calls fail where the damage is, until the app starts again. */
  #staysDamaged = false

  private constructor(file: string, cache: CacheCalls, onRecovered: (recovery: CacheRecovery) => void) {
    this.#file = file
    this.#cache = cache
    this.#onRecovered = onRecovered
  }

  /**
   * Opens the cache as {@link openRecovered}.
   * @param onRecovered is called after a recovery while the cache is in use, before the call that has met the damage answers.
   */
  static open(file: string, onRecovered: (recovery: CacheRecovery) => void): Recovered<LiveCache> {
    const { opened, recovery } = openRecovered(file, createCache)
    return { opened: new LiveCache(file, opened, onRecovered), recovery }
  }

  /** The names of the cache's methods. */
  get names(): CallName[] {
    return Object.keys(this.#cache).filter((name): name is CallName => name in this.#cache)
  }

  /** Carries out a method of the cache. @throws as that method, and as {@link recover}. */
  call(name: CallName, given: readonly unknown[]): unknown {
    try {
      return this.#carryOut(name, given)
    } catch (thrown) {
      const isDamage = toFailure(thrown, this.#file).error.code === 'cache-corrupt'
      if (!isDamage || this.#staysDamaged) throw thrown
      this.#recover()
      return this.#carryOut(name, given)
    }
  }

  #carryOut(name: CallName, given: readonly unknown[]): unknown {
    return Reflect.apply(this.#cache[name], this.#cache, given)
  }

  #recover(): void {
    this.#close()
    try {
      const recovery = recover(this.#file)
      this.#cache = createCache(openDatabase(this.#file))
      this.#onRecovered(recovery)
    } catch (thrown) {
      // Such as a full disk. What is not damaged can still be read.
      this.#staysDamaged = true
      this.#cache = createCache(openAnother(this.#file, cacheFile))
      throw thrown
    }
  }

  #close(): void {
    try {
      this.#cache.close()
    } catch {
      // Its log could not be worked into the file.
    }
  }
}
