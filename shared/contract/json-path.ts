/** JSON paths: where a value stands in a JSON body, such as `data.sender.name`, `rooms[0].id`, `보낸사람.이름` or `["a.b"]`. */

/** The longest path, in UTF-16 units, and the most steps in it. */
export const longestPath = 200
const mostSteps = 16

/** The names and indexes that lead from the outermost value to the meant one. */
export type JsonPath = readonly (string | number)[]

/** A name after a dot or at the start, an index in brackets, or a quoted name in brackets. */
const step = /\.?([^.[\]"\s][^.[\]"]*)|\[(\d{1,6})\]|\["([^"]+)"\]/y

/** @returns the steps of a path; none for `$` and an empty text, which mean the whole body. Null for any other text. */
export const parseJsonPath = (text: string): JsonPath | null => {
  const path = text.trim()
  if (path.length > longestPath) return null
  const steps: (string | number)[] = []
  let at = path.startsWith('$') ? 1 : 0
  if (at === 0 && path.startsWith('.')) return null
  while (at < path.length) {
    step.lastIndex = at
    const [found, name, index, quoted] = step.exec(path) ?? []
    const isJoined = at === 0 || found?.startsWith('.') === true || found?.startsWith('[') === true
    if (found === undefined || !isJoined || steps.length === mostSteps) return null
    steps.push(name?.trimEnd() ?? quoted ?? Number(index))
    at += found.length
  }
  return steps
}

/** @returns the value at a path; undefined if there is none. Only a value's own fields count. */
export const valueAt = (value: unknown, path: JsonPath): unknown => {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}
