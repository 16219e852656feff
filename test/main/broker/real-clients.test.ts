/** Clients that nobody here wrote: Debian's python3-stomp, ruby-stomp, libnet-stomp-perl and php-stomp, over TCP. Left out where they are not installed. */
import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startListening } from './listening.ts'

const run = promisify(execFile)
const session = (name: string): string => `${import.meta.dirname}/real-clients/${name}`

const python = { command: '/usr/bin/python3', probe: ['-c', 'import stomp'], script: session('session.py') }
const ruby = { command: '/usr/bin/ruby', probe: ['-e', 'require "stomp"'], script: session('session.rb') }
const perl = {
  command: '/usr/bin/perl',
  probe: ['-MNet::Stomp', '-MJSON::PP', '-e', '1'],
  script: session('session.pl'),
}
const php = {
  command: '/usr/bin/php',
  probe: ['-r', 'exit(class_exists("Stomp") ? 0 : 1);'],
  script: session('session.php'),
}

const text = { text: '안녕' }
const header = { header: 'a:b' }
const binary = { binary: [0, 255, 254, 0, 10] }
const redelivered = { redelivered: 'true' }
const dead = { dead: 'rejected' }
const always = {
  transaction: ['one', 'two'],
  browsed: ['kept', 'end'],
  durable: 'meanwhile',
  error: ['Unknown destination', 'r2'],
}

test.for([
  { client: python, version: '1.0', sees: { ...text, ...header, ...binary, ...always } },
  {
    client: python,
    version: '1.1',
    sees: { ...text, ...header, ...binary, ...redelivered, ...dead, ...always },
  },
  {
    client: python,
    version: '1.2',
    sees: { ...text, ...header, ...binary, ...redelivered, ...dead, ...always },
  },
  {
    client: ruby,
    version: '1.1',
    sees: { version: '1.1', ...text, ...header, ...binary, ...redelivered, ...dead, ...always },
  },
  {
    client: ruby,
    version: '1.2',
    sees: { version: '1.2', ...text, ...header, ...binary, ...redelivered, ...dead, ...always },
  },
  ...['1.0', '1.1', '1.2'].map(version => ({
    client: php,
    version,
    // It knows no escapes, and tells nothing of an ERROR but its message.
    sees: { ...text, header: 'red', ...binary, ...always, error: 'Unknown destination' },
  })),
  { client: perl, version: '1.0', sees: { ...text, ...binary, ...redelivered, ...always } },
])('$client.command speaks STOMP $version', async ({ client, version, sees }, { skip }) => {
  const { command, probe, script } = client
  if (spawnSync(command, probe).status !== 0) skip(`Debian's client for ${command} is not installed`)
  const { tcpPort } = await startListening()
  const { stdout } = await run(command, [script, String(tcpPort), version], { timeout: 40_000 })
  expect(JSON.parse(stdout)).toEqual(sees)
})
