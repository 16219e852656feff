/** A messenger in a process of its own that can be killed at a named point and started again on the same folder. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { MessengerState } from '../../shared/contract/messenger-commands.ts'
import type { Messenger } from '../../shared/core/commands/messenger.ts'
import type { Death } from './dying-ports.ts'
import type { AnyMessenger } from './person.ts'

const program = fileURLToPath(new URL('messenger-child.ts', import.meta.url))

export interface Setting {
  folder: string
  /** Milliseconds that its wall clock is ahead. */
  clockOff: number
}

type Commands = Messenger['commands']

export type Request =
  { call: number; name: keyof Commands | 'state'; input: unknown } | { arm: Death; count: number }
type Answer = { call: number; value: unknown } | { call: number; error: string }

interface Pending {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

export class MessengerProcess implements AnyMessenger, AsyncDisposable {
  readonly #setting: Setting
  readonly #pending = new Map<number, Pending>()
  #child: ChildProcess | null = null
  #calls = 0

  constructor(setting: Setting) {
    this.#setting = setting
  }

  async start(): Promise<void> {
    const child = fork(program, [JSON.stringify(this.#setting)])
    child.on('message', message => {
      if (message !== 'ready') this.#take(message as Answer)
    })
    child.on('exit', () => {
      this.#child = null
      for (const { reject } of this.#pending.values()) reject(new Error('the messenger was killed'))
      this.#pending.clear()
    })
    this.#child = child
    await once(child, 'message')
  }

  /** Has the process end when it reaches this point for the `count`th time. @returns a promise of its end. */
  async die(arm: Death, count: number): Promise<void> {
    const child = this.#child
    if (!child) return
    const ended = once(child, 'exit')
    child.send({ arm, count } satisfies Request)
    await ended
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (!child) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }

  run<Name extends keyof Commands>(
    name: Name,
    input: Parameters<Commands[Name]>[0],
  ): ReturnType<Commands[Name]> {
    return this.#call(name, input) as ReturnType<Commands[Name]>
  }

  state(): Promise<MessengerState> {
    return this.#call('state', null) as Promise<MessengerState>
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }

  #call(name: keyof Commands | 'state', input: unknown): Promise<unknown> {
    const call = ++this.#calls
    return new Promise((resolve, reject) => {
      const child = this.#child
      if (!child) {
        reject(new Error('the messenger does not run'))
        return
      }
      this.#pending.set(call, { resolve, reject })
      // A process that is being killed takes nothing more; its end rejects the call.
      child.send({ call, name, input } satisfies Request, () => undefined)
    })
  }

  #take(answer: Answer): void {
    const pending = this.#pending.get(answer.call)
    this.#pending.delete(answer.call)
    if ('error' in answer) pending?.reject(new Error(answer.error))
    else pending?.resolve(answer.value)
  }
}
