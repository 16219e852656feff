/** @returns the text with a full stop where it has no end: the words of servers are put into sentences, and between others. */
export const asSentence = (text: string): string => {
  const words = text.trimEnd()
  return /[.!?…。][)\]"'”’]*$/u.test(words) ? words : `${words}.`
}
