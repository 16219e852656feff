/** Colours of code. The library with its languages is loaded with the first block of code that names one. */
import type { createLowlight } from 'lowlight'

/** Longer code keeps one colour: the library's patterns make no promise about their time. UTF-16 units. */
const longest = 5_000

/** A piece of code: text, or pieces of one token. */
export type Token = string | { token: string; children: Token[] }

type Lowlight = ReturnType<typeof createLowlight>
type Nodes = ReturnType<Lowlight['highlight']>['children']

let loading: Promise<Lowlight> | null = null

const load = async (): Promise<Lowlight> => {
  const { common, createLowlight } = await import('lowlight')
  return createLowlight(common)
}

const tokensOf = (nodes: Nodes): Token[] =>
  nodes.flatMap((node): Token[] => {
    if (node.type === 'text') return [node.value]
    if (node.type !== 'element') return []
    const [name] = [node.properties.className].flat()
    return [{ token: String(name).replace('hljs-', ''), children: tokensOf(node.children) }]
  })

/**
 * @param language as it stands after the fence.
 * @returns the code in tokens whose texts are exactly the code; null if it stays as it is.
 */
export const highlight = async (code: string, language: string): Promise<Token[] | null> => {
  if (code.length > longest) return null
  loading ??= load()
  const lowlight = await loading
  return lowlight.registered(language) ? tokensOf(lowlight.highlight(language, code).children) : null
}
