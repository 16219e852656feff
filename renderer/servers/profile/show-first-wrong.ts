/** Unfolds what holds a wrong field of a form, and focuses the first one. */
export const showFirstWrong = (form: HTMLElement): void => {
  const wrong = [...form.querySelectorAll<HTMLElement>('[aria-invalid=true], [data-wrong]')]
  for (const field of wrong)
    for (let fold = field.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true
  wrong[0]?.focus()
}
