/**
 * Reads where a Spring back end has its STOMP endpoint and its destinations, from the source of its controllers and its
 * configuration, in Java or Kotlin. Nothing is run, and every pattern takes linear time.
 */

/** The longest source that is read, in UTF-16 units. */
export const longestSource = 200_000
/** The most destinations of a kind. */
const most = 50

export interface SpringSource {
  /** The paths of the endpoints; with `/websocket` behind it where it is SockJS. */
  endpoints: string[]
  /** The destinations that the server takes, with `{roomId}` for the room. */
  send: string[]
  /** Those to which it publishes. */
  subscribe: string[]
  /** Those of one person, such as `/user/queue/messages`. */
  own: string[]
}

/**
 * Every alternative matches from where it starts, at the latest at the end of the line or the source, so that nothing is
 * scanned twice.
 * @returns the source without its comments; texts in it stay, also those with `//` in them.
 */
const withoutComments = (source: string): string =>
  source.replaceAll(
    /"""[^]*?(?:"""|$)|"(?:[^"\\\n]|\\[^\n])*"?|'(?:[^'\\\n]|\\[^\n])*'?|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)/g,
    found => (found.startsWith('/') ? ' ' : found),
  )

/** The longest list of arguments that is read, in UTF-16 units. */
const longestArguments = 500

/** @returns the arguments of each call or annotation of this name, up to the bracket that closes them. */
const callsOf = (source: string, name: string): string[] => {
  const found: string[] = []
  const start = new RegExp(String.raw`\b${name}[ \t]{0,8}\(`, 'g')
  for (const match of source.matchAll(start)) {
    const from = match.index + match[0].length
    let [depth, at, isText] = [1, from, false]
    for (; at < source.length && at - from < longestArguments; at++) {
      const character = source[at]
      if (character === '\\') at++
      else if (character === '"') isText = !isText
      else if (!isText && character === '(') depth++
      else if (!isText && character === ')' && --depth === 0) break
    }
    found.push(source.slice(from, at))
    if (found.length === most) break
  }
  return found
}

const textIn = /"((?:[^"\\\n]|\\.)*)"/g
const textNameOrComma = new RegExp(`${textIn.source}|([A-Za-z_][\\w.]{0,100}(?:\\(\\))?)|,`, 'g')
const textsIn = (source: string): string[] => [...source.matchAll(textIn)].map(([, text = '']) => text)

/** Names of variables that are the person; every other one is the room. */
const isPerson = (name: string): boolean => /user|member|principal|receiver|recipient/i.test(name)
const placeholder = (name: string): string => (isPerson(name) ? '{userId}' : '{roomId}')

/** `{id}`, `{id:.+}`, Kotlin's `$id` and `${message.id}`, and what is joined with `+`, as placeholders. */
const templateOf = (text: string): string =>
  text
    .replaceAll(/\$?\{([^{}]{1,100})\}/g, (_, name: string) => placeholder(name))
    .replaceAll(/\$([A-Za-z_]\w{0,60})/g, (_, name: string) => placeholder(name))

/** @returns the first argument as a destination: one text, or texts and variables joined with `+`. */
const joinedIn = (source: string): string | null => {
  let destination = ''
  let isFirst = true
  for (const [, text, name] of source.matchAll(textNameOrComma)) {
    if (text === undefined && name === undefined) break
    if (text === undefined && isFirst) return null
    destination += text === undefined ? placeholder(name ?? '') : templateOf(text)
    isFirst = false
  }
  return destination === '' ? null : destination
}

const slashed = (path: string): string => (path.startsWith('/') ? path : `/${path}`)
const joined = (prefix: string, path: string): string => `${prefix.replace(/\/$/, '')}${slashed(path)}`
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].slice(0, most)

/** @returns the prefix in front of the class, from an `@MessageMapping` whose next declaration is a class. */
const classPrefix = (source: string): string => {
  const [, text = ''] =
    /@MessageMapping\(\s{0,20}(?:value\s{0,8}=\s{0,8})?\[?\{?"([^"\n]{0,200})"\}?\]?\s{0,20}\)\s{1,40}(?:@\w{1,60}(?:\([^()]{0,200}\))?\s{1,40}){0,8}(?:(?:public|open|final|internal|abstract)\s{1,20}){0,3}class\b/.exec(
      source,
    ) ?? []
  return text
}

/** @returns what the source says; null for a text that says nothing of STOMP, or is too long. */
export const readSpringSource = (text: string): SpringSource | null => {
  if (text.length > longestSource) return null
  const source = withoutComments(text)
  const [prefix = '/app'] = callsOf(source, 'setApplicationDestinationPrefixes').flatMap(textsIn)
  const inKotlin = /applicationDestinationPrefixes\s{0,8}=\s{0,8}[^\n"]{0,60}"([^"\n]{0,200})"/.exec(
    source,
  )?.[1]
  const user = callsOf(source, 'setUserDestinationPrefix').flatMap(textsIn)[0] ?? '/user'
  const isSockJs = /\bwithSockJS\s{0,8}\(/.test(source)
  const outer = classPrefix(source)
  const mappings = callsOf(source, 'MessageMapping')
    .flatMap(textsIn)
    .filter(path => path !== outer || outer === '')
  const publish = [...callsOf(source, 'SendTo'), ...callsOf(source, 'convertAndSend')]
  const person = callsOf(source, 'SendToUser').flatMap(
    call => joinedIn(call.replace(/^\s*value\s*=/, '')) ?? [],
  )
  const toUser = callsOf(source, 'convertAndSendToUser').flatMap(call => textsIn(call)[0] ?? [])
  const read: SpringSource = {
    endpoints: distinct(
      callsOf(source, 'addEndpoint')
        .flatMap(textsIn)
        .map(path => (isSockJs ? joined(path, 'websocket') : slashed(path))),
    ),
    send: distinct(mappings.map(path => joined(inKotlin ?? prefix, `${outer}${slashed(templateOf(path))}`))),
    subscribe: distinct(
      publish.flatMap(call => joinedIn(call.replace(/^\s*(?:value\s*=)?\s*[{[]?/, '')) ?? []),
    ),
    own: distinct([...person, ...toUser].map(path => joined(user, path))),
  }
  return Object.values(read).some((list: string[]) => list.length > 0) ? read : null
}
