/** Somebody who talks in the room `general` through a fault, and keeps account of what they were promised. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { MessengerState } from '../../shared/contract/messenger-commands.ts'
import type { Message, RoomKey } from '../../shared/contract/model.ts'
import { createMessenger, type Messenger } from '../../shared/core/commands/messenger.ts'
import { realPorts } from '../shared/core/real-ports.ts'

type Commands = Messenger['commands']

/** A messenger here or in another process. */
export interface AnyMessenger {
  /** Runs a command. Rejects with its failure, and when the process ends first. */
  run<Name extends keyof Commands>(
    name: Name,
    input: Parameters<Commands[Name]>[0],
  ): ReturnType<Commands[Name]>
  state(): Promise<MessengerState>
}

/** @returns a messenger of this process, with a cache in memory. It ends with the process. */
export const messengerHere = async (): Promise<AnyMessenger & AsyncDisposable> => {
  const messenger = createMessenger(realPorts())
  await messenger.start()
  return {
    run<Name extends keyof Commands>(name: Name, input: Parameters<Commands[Name]>[0]) {
      const command = messenger.commands[name] as (input: unknown) => ReturnType<Commands[Name]>
      return command(input)
    },
    state: () => Promise.resolve(messenger.state()),
    [Symbol.asyncDispose]: () => messenger.stop(),
  }
}

/** Milliseconds between two messages, and between two looks. */
const pace = 40
/** Messages of one page of a room. */
const page = 200

/** Something that a person said. */
interface Said {
  text: string
  /** Whether the command has answered: the message is on disk, and must get through. */
  promised: boolean
}

export class Person {
  /** In order. */
  readonly said: Said[] = []
  readonly messenger: AnyMessenger
  readonly #name: string
  #isTalking = false
  #talk: Promise<void> = Promise.resolve()

  constructor(name: string, messenger: AnyMessenger) {
    this.#name = name
    this.messenger = messenger
  }

  /** Enters a server for the first time. @returns when the room is there. */
  async enter(url: string): Promise<void> {
    await this.messenger.run('setPerson', { name: this.#name })
    await this.messenger.run('addServer', { name: 'Box', url, fingerprint: null, passcode: null })
    await this.#room()
  }

  /** Says something every {@link pace} milliseconds until {@link Person.hush}, whatever happens meanwhile. */
  talk(): void {
    this.#isTalking = true
    this.#talk = this.#goOn()
  }

  async hush(): Promise<void> {
    this.#isTalking = false
    await this.#talk
  }

  async say(text = `${this.#name} ${this.said.length}`): Promise<void> {
    const said = { text, promised: false }
    this.said.push(said)
    await this.messenger.run('sendMessage', { room: await this.#room(), content: text })
    said.promised = true
  }

  /** @returns the newest messages of the room. */
  async newest(): Promise<Message[]> {
    const { messages } = await this.messenger.run('listMessages', { room: await this.#room(), limit: page })
    return messages
  }

  /** @returns the texts of the whole room, as shown. */
  async shown(): Promise<string[]> {
    const room = await this.#room()
    const texts: string[] = []
    for (let before: Message['id'] | undefined; ;) {
      const { messages, hasEarlier } = await this.messenger.run('listMessages', {
        room,
        limit: page,
        ...(before && { before }),
      })
      texts.unshift(...messages.map(({ content }) => content))
      before = messages[0]?.id
      if (!hasEarlier) return texts
    }
  }

  async #goOn(): Promise<void> {
    while (this.#isTalking) {
      // A messenger that was killed answers nothing; it is started again by somebody else.
      await this.say().catch(() => undefined)
      await sleep(pace)
    }
  }

  /** @returns the room, as soon as it is there. */
  async #room(): Promise<RoomKey> {
    for (;;) {
      const { rooms } = await this.messenger.state()
      const room = rooms.find(({ roomId, joined }) => roomId === 'general' && joined)
      if (room) return room.key
      await sleep(pace)
    }
  }
}
