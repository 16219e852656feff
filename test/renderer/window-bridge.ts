/** A bridge whose other end is the test: answers commands from a table, and tells events in sequence. */
import type { AppEvent, CommandName, EventBatch, InputOf, OutputOf } from '../../shared/contract/api.ts'
import type { Bridge } from '../../shared/bridge/bridge.ts'
import type { DesktopState } from '../../shared/contract/desktop-commands.ts'
import type { MessengerState } from '../../shared/contract/messenger-commands.ts'
import type { Snapshot } from '../../shared/contract/window-commands.ts'
import { toAppError } from '../../shared/contract/errors.ts'
import { aRoom, aServer } from '../shared/contract/examples.ts'

type Answers = { [Name in CommandName]?: (input: InputOf<Name>) => OutputOf<Name> | Promise<OutputOf<Name>> }

export interface WindowBridge extends Bridge {
  /** What was asked, in order, but for `getSnapshot`. */
  calls: { name: string; input: unknown }[]
  /** The inputs of all calls of one command, in order. */
  readonly inputsOf: (command: string) => unknown[]
  /** Tells events, numbered on from the last; `skip` leaves numbers out, as if events were lost. */
  readonly tell: (events: AppEvent | AppEvent[], options?: { skip: number }) => void
}

/** @returns a bridge that starts from `snapshot`; commands without an answer of their own answer null. */
export const windowBridge = (snapshot: () => Snapshot, answers: Answers = {}): WindowBridge => {
  const listeners = new Set<(batch: EventBatch) => void>()
  const calls: WindowBridge['calls'] = []
  let seq = snapshot().seq
  const table: Record<string, ((input: never) => unknown) | undefined> = answers
  return {
    calls,
    inputsOf: command => calls.filter(call => call.name === command).map(call => call.input),
    command: async (name, input) => {
      if (name === 'getSnapshot') return { ok: true, value: { ...snapshot(), seq } }
      calls.push({ name, input })
      try {
        return { ok: true, value: (await table[name]?.(input as never)) ?? null }
      } catch (thrown) {
        return { ok: false, error: toAppError(thrown) }
      }
    },
    onEvents: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell: (events, { skip } = { skip: 0 }) => {
      const batch = { first: seq + 1 + skip, events: [events].flat() }
      seq = batch.first + batch.events.length - 1
      for (const listener of listeners) listener(batch)
    },
  }
}

/** @returns what a desktop tells of itself, with the settings of a new installation but for the language. */
export const aDesktop = (change: Partial<DesktopState> = {}): DesktopState => ({
  settings: {
    language: 'en',
    theme: 'light',
    density: 'cozy',
    sendKey: 'enter',
    notifications: true,
    closeToTray: true,
    keep: 'everything',
    host: {
      name: '지우의 상자',
      port: 7070,
      reach: 'loopback',
      advertise: false,
      network: null,
      names: [],
      perAddress: 64,
    },
  },
  host: { phase: 'off' },
  platform: 'linux',
  version: '0.1.0',
  systemLanguage: 'en',
  secretsEncrypted: true,
  recovery: null,
  task: null,
  window: { focused: true, maximized: false },
  ...change,
})

interface SnapshotChange {
  messenger?: Partial<MessengerState>
  /** Null for a window without the desktop half. */
  desktop?: Partial<DesktopState> | null
  seq?: number
}

/** @returns a snapshot of a window with one server that is online, and two rooms on it. */
export const aSnapshot = ({ messenger, desktop, seq = 0 }: SnapshotChange = {}): Snapshot => ({
  desktop: desktop === null ? null : aDesktop(desktop),
  seq,
  messenger: {
    person: { name: '박지우' },
    servers: [aServer()],
    connections: { [aServer().id]: { phase: 'online', since: 0 } },
    rooms: [aRoom('general'), aRoom('점심-원정대')],
    refusals: {},
    ...messenger,
  },
})
