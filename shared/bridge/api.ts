/** The window's end of the bridge: commands that resolve or throw, and events in an order without gaps. */
import type {
  AppEvent,
  CommandName,
  EventBatch,
  EventName,
  Events,
  InputOf,
  OutputOf,
} from '../contract/api.ts'
import { Failure, type Result } from '../contract/errors.ts'
import type { Snapshot } from '../contract/window-commands.ts'
import type { Bridge } from './bridge.ts'

type Listener<Name extends EventName> = (payload: Events[Name]) => void

export interface Api {
  /** Carries out a command. @throws Failure the error of the command. */
  call<Name extends CommandName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
  /** Listens to one kind of event. @returns a function that ends the listening. */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void
  /**
   * Listens to every event, a batch at a time, and to every snapshot after the first: one comes if events were lost, and a
   * follower that keeps data of its own (a page of messages) reads it again. @returns a function that ends the listening.
   */
  follow(follower: {
    events?: (events: readonly AppEvent[]) => void
    snapshot?: (snapshot: Snapshot) => void
  }): () => void
  /**
   * Begins the stream of events. Called once. `begin` makes, from the first snapshot, what follows the events; those that
   * came meanwhile are told after it. @returns what `begin` made. @throws Failure if there is no snapshot.
   */
  start<T>(begin: (snapshot: Snapshot) => T): Promise<T>
}

/** @returns a client of `bridge`. */
export const createApi = (bridge: Bridge): Api => {
  const followers = new Set<Parameters<Api['follow']>[0]>()
  /** Batches that arrived while a snapshot was on its way; null while the stream runs. */
  let held: EventBatch[] | null = null
  /** Sequence number of the next event. */
  let next = 0

  const call: Api['call'] = async (name, input) => {
    const result = (await bridge.command(name, input)) as Result<OutputOf<typeof name>>
    if (result.ok) return result.value
    throw new Failure(result.error.code, result.error.params, result.error.detail)
  }

  const resume = async (): Promise<Snapshot> => {
    held ??= []
    const snapshot = await call('getSnapshot', {})
    next = snapshot.seq + 1
    return snapshot
  }

  const replay = (): void => {
    const batches = held ?? []
    held = null
    batches.forEach(take)
  }

  const refresh = async (): Promise<void> => {
    const snapshot = await resume()
    for (const follower of followers) follower.snapshot?.(snapshot)
    replay()
  }

  const take = (batch: EventBatch): void => {
    if (held) {
      held.push(batch)
    } else if (batch.first > next) {
      held = [batch]
      // Where this fails, the events stay held; without its messenger a window can do nothing better.
      void refresh()
    } else {
      const fresh = batch.events.slice(next - batch.first)
      next += fresh.length
      if (fresh.length > 0) for (const follower of followers) follower.events?.(fresh)
    }
  }

  const follow: Api['follow'] = follower => {
    followers.add(follower)
    return () => void followers.delete(follower)
  }

  return {
    call,
    follow,
    on: (name, listener) =>
      follow({
        events: events => {
          for (const event of events) if (event.name === name) listener(event.payload as Events[typeof name])
        },
      }),
    start: async begin => {
      held = []
      bridge.onEvents(take)
      const begun = begin(await resume())
      replay()
      return begun
    },
  }
}
