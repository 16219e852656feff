import type { ServerField } from '../../../shared/contract/doctor.ts'

/** Unfolds what holds a field of a form. */
const unfold = (field: HTMLElement): void => {
  for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true
}

/** Unfolds what holds a wrong field of a form, and focuses the first one. */
export const showFirstWrong = (form: HTMLElement): void => {
  const wrong = [...form.querySelectorAll<HTMLElement>('[aria-invalid=true], [data-wrong]')]
  wrong.forEach(unfold)
  wrong[0]?.focus()
}

/** The names of their controls, the best first: a token may come from several places. */
const controls: Readonly<Record<ServerField, readonly string[]>> = {
  url: ['url'],
  passcode: ['passcode'],
  token: ['secret', 'command', 'url', 'from'].map(name => `connect.token.source.${name}`),
  virtualHost: ['connect.virtualHost'],
  destinations: ['rooms.subscribe.0'],
}

/** Unfolds and focuses a field of a server's form. */
export const showField = (form: HTMLElement, wanted: ServerField): void => {
  const field = controls[wanted]
    .map(name => form.querySelector<HTMLElement>(`[name="${name}"]`))
    .find(found => found !== null)
  if (!field) return
  unfold(field)
  field.focus()
}
