import type { InputOf } from '../../shared/contract/api.ts'
import type { Message, MessagePage } from '../../shared/contract/model.ts'

/** @returns what a cache that holds `all` answers to `listMessages`. */
export const pageOf = (all: readonly Message[], input: InputOf<'listMessages'>): MessagePage => {
  const limit = input.limit ?? 50
  const at = (id: string | undefined): number => all.findIndex(message => message.id === id)
  const range = (start: number, end: number): MessagePage => {
    const [from, to] = [Math.max(0, start), Math.min(all.length, end)]
    return { messages: all.slice(from, to), hasEarlier: from > 0, hasLater: to < all.length }
  }
  if (input.before !== undefined) return range(at(input.before) - limit, at(input.before))
  if (input.after !== undefined) return range(at(input.after) + 1, at(input.after) + 1 + limit)
  if (input.around !== undefined) {
    const middle = at(input.around)
    return range(middle - limit / 2, middle + limit / 2)
  }
  return range(all.length - limit, all.length)
}
