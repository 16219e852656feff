/** A window that is served without a channel; every command behind it answers with its own name. */
import { clock } from '../../../main/app/clock.ts'
import { ServedWindow, type DesktopHalf, type MessengerHalf } from '../../../shared/bridge/served-window.ts'
import type { EventBatch } from '../../../shared/contract/api.ts'
import type { Command, Handlers } from '../../../shared/contract/command.ts'
import { desktopCommands } from '../../../shared/contract/desktop-commands.ts'
import { messengerCommands } from '../../../shared/contract/messenger-commands.ts'
import { collectLog } from '../../main/collect-log.ts'
import { aDesktop, aSnapshot } from '../../renderer/window-bridge.ts'

const answering = <Table extends Record<string, Command>>(table: Table): Handlers<Table> =>
  Object.fromEntries(
    Object.keys(table).map(name => [name, () => Promise.resolve(name)]),
  ) as unknown as Handlers<Table>

interface Change {
  watch?: MessengerHalf['watch']
  messenger?: Partial<MessengerHalf['commands']>
  /** Null leaves the desktop half out. */
  desktop?: Partial<DesktopHalf> | null
}

/** @returns the served window, and what it was sent. */
export const serving = (change: Change = {}) => {
  const sent: EventBatch[] = []
  const messenger: MessengerHalf = {
    commands: {
      ...answering(messengerCommands),
      ...change.messenger,
    },
    state: () => aSnapshot().messenger,
    watch: change.watch ?? (() => undefined),
  }
  const desktop: DesktopHalf = {
    commands: answering(desktopCommands),
    state: aDesktop,
    opened: () => undefined,
    ...change.desktop,
  }
  const served = new ServedWindow({
    messenger,
    desktop: change.desktop === null ? null : desktop,
    send: batch => sent.push(batch),
    after: clock.after,
    log: collectLog().log,
  })
  return { served, sent }
}
