/** Templates of a profile: texts with placeholders such as `{roomId}` or `{now:ms}`. */

/** The values of the placeholders. */
export type TemplateValues = Readonly<Record<string, string | number>>

/** Braces without a colon or with anything but a short word in them belong to JSON. */
const placeholder = /\{([A-Za-z]{1,20})(?::([a-z]{1,10}))?\}/g
/** The same in a JSON text, with what decides whether a place is inside a string. */
const jsonToken = /\\[^]|"|\{([A-Za-z]{1,20})(?::([a-z]{1,10}))?\}/g

/** The formats that a placeholder may have. */
const formats: Readonly<Record<string, readonly string[]>> = {
  now: ['iso', 'ms', 's'],
  roomId: ['number'],
  userId: ['number'],
}

/** @returns whether each placeholder of the template is one of `names`, in a format that it has. */
export const hasOnly = (template: string, names: readonly string[]): boolean =>
  [...template.matchAll(placeholder)].every(
    ([, name = '', format]) =>
      names.includes(name) && (format === undefined || formats[name]?.includes(format) === true),
  )

/** @returns whether the template has this placeholder. */
export const hasPlaceholder = (template: string, name: string): boolean =>
  [...template.matchAll(placeholder)].some(([, found]) => found === name)

/** @returns the value of a placeholder; undefined if there is none of this name. */
const formatted = (
  values: TemplateValues,
  name: string,
  format: string | undefined,
): string | number | undefined => {
  if (!Object.hasOwn(values, name)) return undefined
  const value = values[name] ?? ''
  if (name === 'now') {
    if (format === 'ms') return value
    return format === 's' ? Math.floor(Number(value) / 1000) : new Date(value).toISOString()
  }
  // A text that is no number stays a text: then the server can say what it got.
  return format === 'number' && /^-?(0|[1-9]\d{0,14})$/.test(String(value)) ? Number(value) : value
}

/** @returns the template with its placeholders filled in. Unknown ones stay. */
export const fillText = (template: string, values: TemplateValues): string =>
  template.replaceAll(placeholder, (found, name: string, format?: string) =>
    String(formatted(values, name, format) ?? found),
  )

/**
 * Fills a JSON text. A placeholder inside a string becomes a part of that string; outside it becomes a string or a
 * number of its own. So the result is valid JSON for all values if it is for one. Unknown placeholders stay.
 */
export const fillJson = (template: string, values: TemplateValues): string => {
  let isInString = false
  return template.replaceAll(jsonToken, (found, name: string | undefined, format?: string) => {
    if (found === '"') isInString = !isInString
    const value = name === undefined ? undefined : formatted(values, name, format)
    if (value === undefined) return found
    return isInString ? JSON.stringify(String(value)).slice(1, -1) : JSON.stringify(value)
  })
}

/** @returns whether the template becomes valid JSON once its placeholders, all of them among `names`, are filled in. */
export const makesJson = (template: string, names: readonly string[]): boolean => {
  try {
    JSON.parse(fillJson(template, Object.fromEntries(names.map(name => [name, 0]))))
    return true
  } catch {
    return false
  }
}
