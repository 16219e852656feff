import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { terminalCode } from '../../../../main/host/cli/terminal-code.ts'

const link = `stompbox://join?url=wss%3A%2F%2F192.168.0.14%3A7070%2Fstomp&fp=${'0f'.repeat(32)}&passcode=7K3M-Q9XT-2BVN-H4DR`
const terminal = (columns: number, colours = true) => ({ columns, hasColors: () => colours })
const styled = /^\u001B\[30;107m(.*)\u001B\[0m$/

/** What a camera sees: upper and lower half of each character, true for black. */
const rowsOf = (code: string): boolean[][] =>
  code.split('\n').flatMap(line => {
    const characters = (styled.exec(line)?.[1] ?? '').split('')
    return ['█▀', '█▄'].map(black => characters.map(character => black.includes(character)))
  })

test('the code encodes the link, black on white with a white border', () => {
  const { data, size } = encode(link, { ecc: 'L', boostEcc: true, border: 3 })
  const rows = rowsOf(terminalCode(link, terminal(80)) ?? '')
  expect(rows.slice(0, size)).toEqual(data)
  // An odd number of rows leaves half a line.
  expect(rows.slice(size).flat()).not.toContain(true)
})

test('the invitation of a typical host fits 80 columns, and is left out of a narrower terminal', () => {
  const width = rowsOf(terminalCode(link, terminal(80)) ?? '')[0]?.length ?? 0
  expect(terminalCode(link, terminal(width))).not.toBeNull()
  expect(terminalCode(link, terminal(width - 1))).toBeNull()
})

test('a terminal without colours gets no code', () => {
  expect(terminalCode(link, terminal(80, false))).toBeNull()
})
