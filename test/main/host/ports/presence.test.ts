/** What every presence of a host does. */
import { describe, expect, test } from 'vitest'
import { oneNode, twoNodes } from './nodes.ts'

const people = (...logins: string[]) =>
  logins.map(name => ({ personId: `person-${name.toLowerCase()}`, name }))

describe.each([
  ['of one node', oneNode],
  ['of two nodes', twoNodes],
])('%s', (_what, open) => {
  test('lists every connected person once, until the last connection has ended', async () => {
    const { presence, connect } = open()
    expect(await presence.everybody()).toEqual([])
    const [ada, again] = [await connect('Ada'), await connect('Ada')]
    await connect('Bob')
    expect(await presence.everybody()).toEqual(people('Ada', 'Bob'))
    ada.leave()
    await expect.poll(() => presence.isConnected('person-ada')).toBe(true)
    again.leave()
    await expect.poll(() => presence.isConnected('person-ada')).toBe(false)
    expect(await presence.everybody()).toEqual(people('Bob'))
  })

  test('readers of a room are its subscribers; wildcards cover public rooms', async () => {
    const { presence, connect } = open()
    const peers = [await connect('Ada'), await connect('Ada'), await connect('Bob'), await connect('Cho')]
    const destinations = ['/topic/room.plans', '/topic/room.plans', '/topic/room.*', '/topic/room.other']
    for (const [index, peer] of peers.entries())
      peer.send('SUBSCRIBE', { id: '1', destination: destinations[index] ?? '' })
    const readers = async (kind: 'public' | 'private') =>
      (await presence.readers({ roomId: 'plans', kind })).map(({ name }) => name).sort()
    expect(await readers('public')).toEqual(['Ada', 'Bob'])
    expect(await readers('private')).toEqual(['Ada'])
    peers[0]?.send('UNSUBSCRIBE', { id: '1' })
    peers[1]?.leave()
    await expect.poll(() => readers('private')).toEqual([])
  })
})
