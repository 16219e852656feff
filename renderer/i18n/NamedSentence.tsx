/** Stand for the names while the sentence is put together; no name can hold them. */
const places = { first: '\u0001', second: '\u0002' }

interface Props {
  /** One or more. */
  names: readonly string[]
  /** @returns the sentence in its form for one name, two, or more, with the first two of them if given. */
  of: (form: 'One' | 'Two' | 'More', names: { first: string; second: string }) => string
}

/** A sentence about people, in which their names stand out. */
export const NamedSentence = ({ names, of }: Props) => {
  const [first = '', second = ''] = names
  const form = names.length === 1 ? 'One' : names.length === 2 ? 'Two' : 'More'
  return of(form, places)
    .split(/([\u0001\u0002])/u)
    .map((part, index) => {
      if (part === places.first)
        return (
          <b key={index} dir="auto">
            {first}
          </b>
        )
      if (part !== places.second) return part
      return (
        <b key={index} dir="auto">
          {second}
        </b>
      )
    })
}
