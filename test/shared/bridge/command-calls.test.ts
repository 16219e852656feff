import { expect, test } from 'vitest'
import { carryOut } from '../../../shared/bridge/command-calls.ts'
import { commands, type Commands } from '../../../shared/contract/api.ts'
import type { Handlers } from '../../../shared/contract/command.ts'
import { Failure } from '../../../shared/contract/errors.ts'
import { collectLog } from '../../main/collect-log.ts'

/** Handlers that answer with the input they were given, but for those that are said. */
const handlersWith = (own: Partial<Handlers<Commands>> = {}): Handlers<Commands> => {
  const echo = Object.fromEntries(
    Object.keys(commands).map(name => [name, (input: unknown) => Promise.resolve({ name, input })]),
  )
  return { ...echo, ...own } as Handlers<Commands>
}
const call = (value: unknown, own?: Partial<Handlers<Commands>>) => {
  const { log, lines } = collectLog()
  return carryOut(commands, handlersWith(own), value, log).then(result => ({ result, lines }))
}

test('gives a handler the parsed input and answers with its output', async () => {
  const { result, lines } = await call({ name: 'setPerson', input: { name: '  지우 ' } })
  expect(result).toEqual({ ok: true, value: { name: 'setPerson', input: { name: '지우' } } })
  expect(lines).toEqual([])
})

test('fills in defaults', async () => {
  const { result } = await call({ name: 'listMessages', input: { room: 's/general' } })
  expect(result).toMatchObject({ value: { input: { room: 's/general', limit: 50 } } })
})

test.each([
  ['a name that is no command', { name: 'format', input: {} }, 'command-unknown'],
  ['a name of every object', { name: 'constructor', input: {} }, 'command-unknown'],
  ['a name that is no text', { name: 7, input: {} }, 'input-invalid'],
  ['an extra key beside name and input', { name: 'getSnapshot', input: {}, extra: 1 }, 'input-invalid'],
  ['an extra key in the input', { name: 'getSnapshot', input: { extra: 1 } }, 'input-invalid'],
  ['no input', { name: 'getSnapshot' }, 'input-invalid'],
  ['nothing', undefined, 'input-invalid'],
  ['a list', [], 'input-invalid'],
  ['a message of blanks', { name: 'sendMessage', input: { room: 's/r', content: ' \n' } }, 'input-invalid'],
  ['a forged prototype', JSON.parse('{"name":"getSnapshot","input":{"__proto__":{"a":1}}}'), 'input-invalid'],
])('refuses %s', async (_what, value, code) => {
  const { result } = await call(value)
  expect(result).toMatchObject({ ok: false, error: { code } })
})

test('says which port and which field', async () => {
  const port = await call({ name: 'updateHost', input: { port: 70_000 } })
  expect(port.result).toMatchObject({ error: { code: 'port-invalid', params: { port: '70000' } } })
  const field = await call({ name: 'addServer', input: { name: '', url: 'ws://x' } })
  expect(field.result).toMatchObject({ error: { code: 'input-invalid', params: { what: 'name' } } })
  const long = await call({ name: 'sendMessage', input: { room: 's/r', content: 'x'.repeat(20_001) } })
  expect(long.result).toMatchObject({ error: { code: 'message-too-long' } })
})

test('carries a Failure of the handler as it is', async () => {
  const { result } = await call(
    { name: 'stopHost', input: {} },
    { stopHost: () => Promise.reject(new Failure('offline')) },
  )
  expect(result).toEqual({ ok: false, error: { code: 'offline' } })
})

test('makes an internal error of everything else that is thrown, even at once', async () => {
  const { result, lines } = await call(
    { name: 'stopHost', input: {} },
    {
      stopHost: () => {
        throw new TypeError('no such thing')
      },
    },
  )
  expect(result).toEqual({ ok: false, error: { code: 'internal', detail: 'no such thing' } })
  expect(lines).toMatchObject([{ level: 'warn', event: 'command-failed', code: 'internal' }])
})

test('never logs what was typed', async () => {
  const { lines } = await call({
    name: 'sendMessage',
    input: { room: 's/r', content: 'geheim', extra: 'geheim' },
  })
  expect(lines).toHaveLength(1)
  expect(JSON.stringify(lines)).not.toContain('geheim')
})
