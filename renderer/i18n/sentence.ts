/** @returns the text with a full stop if it has no end mark: texts of servers appear within and between sentences. */
export const asSentence = (text: string): string => {
  const words = text.trimEnd()
  return /[.!?…。][)\]"'”’]*$/u.test(words) ? words : `${words}.`
}
