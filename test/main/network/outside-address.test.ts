import { expect, test } from 'vitest'
import { outsideAddress } from '../../../main/network/outside-address.ts'

test.each([
  ['https://example.org/a?b#c', 'https://example.org/a?b#c'],
  ['HTTP://Example.org', 'http://example.org/'],
  ['mailto:a@example.org', 'mailto:a@example.org'],
  ['https://예시.한국/', 'https://xn--vv4b11d.xn--3e0b707e/'],
])('%s may be opened', (text, address) => {
  expect(outsideAddress(text)).toBe(address)
})

test.each([
  'javascript:alert(1)',
  ' \tjava\nscript:alert(1)',
  'file:///etc/passwd',
  'smb://host/share',
  'data:text/html,x',
  'app://stompbox/index.html',
  'vscode://x',
  'ms-settings:',
  '//example.org',
  'example.org',
  'C:\\Windows\\calc.exe',
  '',
])('%j may not', text => {
  expect(outsideAddress(text)).toBeNull()
})
