/** `clipboard`: text, kept for this process. */

let text = ''

export const clipboard = {
  readText: (): string => text,
  writeText(written: string): void {
    text = written
  },
}
