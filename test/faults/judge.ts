/** Compares what people were promised with what the server has and what is shown. */

export interface Verdict {
  /** Promised and not on the server, or on the server and not shown. */
  lost: number
  /** More than once on the server or on the screen. */
  doubled: number
  /** Out of the order of the server, or of the person who said it. */
  reordered: number
}

export interface Evidence {
  /** The texts that the server keeps, by offset. */
  kept: readonly string[]
  /** The texts that a person sees, from top to bottom. */
  shown: readonly string[]
  /** What each person said, in order; only what was promised has to be there. */
  said: readonly (readonly { text: string; promised: boolean }[])[]
}

const missing = (wanted: readonly string[], from: readonly string[]): number => {
  const there = new Set(from)
  return wanted.filter(text => !there.has(text)).length
}

const repeated = (texts: readonly string[]): number => texts.length - new Set(texts).size

/** @returns how many stand before their predecessor in `order`. */
const misplaced = (texts: readonly string[], order: readonly string[]): number => {
  const places = new Map(order.map((text, at) => [text, at]))
  const found = texts.flatMap(text => places.get(text) ?? [])
  return found.filter((place, at) => place < (found[at - 1] ?? -1)).length
}

export const judge = ({ kept, shown, said }: Evidence): Verdict => {
  const promised = said.flatMap(each => each.filter(({ promised }) => promised).map(({ text }) => text))
  return {
    lost: missing(promised, kept) + missing(kept, shown),
    doubled: repeated(kept) + repeated(shown),
    reordered:
      misplaced(shown, kept) +
      said.reduce(
        (sum, each) =>
          sum +
          misplaced(
            kept,
            each.map(({ text }) => text),
          ),
        0,
      ),
  }
}

export const isFlawless = ({ lost, doubled, reordered }: Verdict): boolean => lost + doubled + reordered === 0
