import { compareMessages, type Message, type MessageId } from '../../../shared/contract/model.ts'

/** A stretch of a room without a hole. */
export interface Stretch {
  messages: readonly Message[]
  hasEarlier: boolean
  hasLater: boolean
}

/** What became of messages, by their id: each as it is now, or null where it was removed. */
export type Changes = ReadonlyMap<MessageId, Message | null>

/**
 * @returns the messages of `stretch` after `changes`, in order. A message that belongs to a part of the room that is not loaded is left out; one
 *   that stays where it is stays in. The same array where nothing changes.
 */
export const mergeMessages = (
  { messages, hasEarlier, hasLater }: Stretch,
  changes: Changes,
): readonly Message[] => {
  const standing = new Set<MessageId>()
  let isChanged = false
  const kept: Message[] = []
  for (const message of messages) {
    const change = changes.get(message.id)
    if (change === undefined) {
      kept.push(message)
      continue
    }
    isChanged = true
    if (change && compareMessages(message, change) === 0) {
      kept.push(change)
      standing.add(change.id)
    }
  }
  const [first, last] = [kept.at(0), kept.at(-1)]
  const isLoaded = (message: Message): boolean =>
    !(hasEarlier && (!first || compareMessages(message, first) < 0)) &&
    !(hasLater && (!last || compareMessages(last, message) <= 0))
  const placed: Message[] = []
  for (const message of changes.values())
    if (message && !standing.has(message.id) && isLoaded(message)) placed.push(message)
  if (placed.length === 0) return isChanged ? kept : messages
  return [...kept, ...placed].sort(compareMessages)
}
