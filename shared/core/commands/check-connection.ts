/** Checks the connection to a server, step by step. */
import type { Handlers } from '../../contract/command.ts'
import type { Step } from '../../contract/doctor.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import type { Room, ServerId } from '../../contract/model.ts'
import { talk } from '../doctor/talk.ts'
import { addressesOf } from '../servers/find-server.ts'
import type { Handshake } from '../ports.ts'
import type { MessengerContext } from './messenger-context.ts'

type CheckConnection = Handlers<typeof messengerCommands>['checkConnection']
type CheckTarget = Parameters<CheckConnection>[0]['target']

/** The steps below STOMP. @returns whether they all went well. */
async function* examine(
  { ports }: MessengerContext,
  urls: readonly string[],
  fingerprint: string | null,
  handshake?: Handshake,
): AsyncGenerator<Step, boolean> {
  const target = { urls, fingerprint, ...(handshake && { handshake }) }
  for await (const step of ports.networkDoctor?.examine(target) ?? []) {
    yield step
    if (step.outcome === 'failed') return false
  }
  return true
}

async function* check(context: MessengerContext, target: CheckTarget): AsyncGenerator<Step> {
  if (!('serverId' in target)) {
    yield* examine(context, addressesOf(target.url, target.fingerprint), target.fingerprint)
    return
  }
  const { serverId, test } = target
  const { url, fingerprint } = context.server(serverId)
  const room = test ? context.room(test.room) : roomToCheck(context, serverId)
  const connecting = context.connecting(serverId)
  // If a secret is missing, the step `connect` says so.
  const introduction = await connecting.introduction().catch(() => null)
  if (!(yield* examine(context, [url], fingerprint, introduction?.handshake))) return
  yield* talk({
    ports: context.ports,
    connecting,
    room,
    test: test?.text ?? null,
  })
}

/** @returns a room that the person is in; null where there is none. */
const roomToCheck = ({ state }: MessengerContext, serverId: ServerId): Room | null =>
  state.roomsOf(serverId).find(({ joined, archived }) => joined && !archived) ?? null

/** @returns the command `checkConnection`. */
export const createCheckConnection =
  (context: MessengerContext): CheckConnection =>
  async ({ check: id, target }) => {
    const steps: Step[] = []
    for await (const step of check(context, target)) {
      const { facts, problem, ...rest } = step
      const seen = facts.map(({ term, value }) => `${term}: ${value}`)
      context.ports.log.info('connection-checked', { ...rest, code: problem?.code, seen })
      context.state.tellStep(id, step)
      steps.push(step)
    }
    return steps
  }
