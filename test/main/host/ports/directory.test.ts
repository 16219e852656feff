/** What every directory of a host does. */
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../main/host/history/database.ts'
import { openDirectory } from '../../../../main/host/history/directory.ts'
import type { Directory } from '../../../../main/host/ports/directory.ts'
import { storedRoom } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { MemoryDirectory } from './memory-directory.ts'

const onDisk = (): Directory => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  onTestFinished(() => void database.close())
  return openDirectory(database)
}

const ada = { personId: 'p-ada', name: 'Ada', nameKey: 'ada' }
const keyOf = (byte: number) => new Uint8Array(32).fill(byte)
const direct = (roomId: string) => ({ ...storedRoom(roomId), kind: 'direct' as const, directKey: 'a b' })

describe.each<[string, () => Directory]>([
  ['in SQLite', onDisk],
  ['in memory', () => new MemoryDirectory()],
])('%s', (_where, open) => {
  test('rooms are read in the order of their creation, with their people', async () => {
    const directory = open()
    expect(await directory.read()).toEqual({ rooms: [], standings: [], people: [] })
    const lobby = { ...storedRoom('로비'), name: '로비', topic: '아무나', madeBy: 'p-ada', madeAt: 7 }
    await directory.addRoom(lobby, new Map([['p-ada', 'owner']]))
    await directory.addRoom(storedRoom('general'))
    const { rooms, standings } = await directory.read()
    expect(rooms).toEqual([
      { ...lobby, archived: false },
      { ...storedRoom('general'), archived: false },
    ])
    expect(standings).toEqual([{ roomId: '로비', personId: 'p-ada', standing: 'owner' }])
  })

  test('a changed room keeps its other fields', async () => {
    const directory = open()
    await directory.addRoom(storedRoom('plans'))
    await directory.changeRoom({ roomId: 'plans', name: '계획', topic: 'x', archived: true }, 9)
    expect((await directory.read()).rooms).toEqual([
      { ...storedRoom('plans'), name: '계획', topic: 'x', archived: true },
    ])
    await directory.changeRoom({ roomId: 'plans', name: '계획', topic: '', archived: false }, 9)
    expect((await directory.read()).rooms[0]).toMatchObject({ topic: '', archived: false })
  })

  test('ids and pairs of people are unique; a duplicate stores nothing', async () => {
    const directory = open()
    await directory.addRoom(direct('d-1'))
    await expect(directory.addRoom(direct('d-1'), new Map([['eve', 'owner']]))).rejects.toThrow()
    await expect(directory.addRoom(direct('d-2'), new Map([['eve', 'owner']]))).rejects.toThrow()
    const { rooms, standings } = await directory.read()
    expect([rooms.map(({ roomId }) => roomId), standings]).toEqual([['d-1'], []])
  })

  test('a standing is set, changed and removed', async () => {
    const directory = open()
    await directory.addRoom(storedRoom('plans'))
    const standings = async () => (await directory.read()).standings.map(({ standing }) => standing)
    await directory.setStanding('plans', 'bob', 'member')
    await directory.setStanding('plans', 'bob', 'banned')
    expect(await standings()).toEqual(['banned'])
    await directory.setStanding('plans', 'bob', null)
    await directory.setStanding('nowhere', 'bob', 'member').catch(() => undefined)
    expect(await standings()).toEqual([])
  })

  test('a removed room is gone with its people and requests; its id and its pair can be used again', async () => {
    const directory = open()
    const request = { personId: 'p-ada', requestId: 'r' }
    await directory.addRoom(direct('d-1'), new Map([['a', 'member']]), request)
    await directory.removeRoom('d-1', 5)
    await directory.removeRoom('nowhere', 5)
    expect(await directory.read()).toEqual({ rooms: [], standings: [], people: [] })
    expect(await directory.answerTo(request)).toBeUndefined()
    await directory.addRoom(direct('d-1'))
    expect((await directory.read()).rooms).toHaveLength(1)
  })

  test('a request is remembered for a week', async () => {
    const directory = open()
    const week = 7 * 86_400_000
    const request = { personId: 'p-ada', requestId: 'r' }
    await directory.addRoom({ ...storedRoom('a'), madeAt: 0 }, undefined, request)
    await directory.addRoom({ ...storedRoom('b'), madeAt: week })
    expect(await directory.answerTo(request)).toBe('a')
    expect(await directory.answerTo({ ...request, personId: 'p-bob' })).toBeUndefined()
    await directory.addRoom({ ...storedRoom('c'), madeAt: week + 1 })
    expect(await directory.answerTo(request)).toBeUndefined()
  })

  test('names and device keys are unique', async () => {
    const directory = open()
    await directory.addPerson(ada, keyOf(1), 5)
    await expect(directory.addPerson({ ...ada, personId: 'other' }, keyOf(2), 5)).rejects.toThrow()
    const bob = { personId: 'p-bob', name: 'Bob', nameKey: 'bob' }
    await expect(directory.addPerson(bob, keyOf(1), 5)).rejects.toThrow()
    await directory.addPerson(bob, keyOf(2), 5)
    await expect(directory.renamePerson({ ...bob, nameKey: 'ada' })).rejects.toThrow()
    const { people } = await directory.read()
    expect(people.map(({ personId, name, nameKey }) => ({ personId, name, nameKey }))).toEqual([ada, bob])
    expect(people.map(({ deviceHash }) => [...deviceHash])).toEqual([[...keyOf(1)], [...keyOf(2)]])
  })

  test('a person gets another name and another key; the old ones are free', async () => {
    const directory = open()
    await directory.addPerson(ada, keyOf(1), 5)
    await directory.renamePerson({ ...ada, name: '에이다', nameKey: 'x' })
    await directory.giveKey(ada.personId, keyOf(2))
    await directory.addPerson({ ...ada, personId: 'p-2' }, keyOf(1), 5)
    const { people } = await directory.read()
    expect(people.find(({ personId }) => personId === ada.personId)).toMatchObject({
      name: '에이다',
      nameKey: 'x',
    })
    expect(people).toHaveLength(2)
  })

  test('a freed name can be claimed by others, or again by its person', async () => {
    const directory = open()
    await directory.addPerson(ada, keyOf(1), 5)
    await directory.freeName(ada.personId)
    expect((await directory.read()).people).toMatchObject([{ ...ada, nameKey: null }])
    await directory.renamePerson(ada)
    await directory.freeName(ada.personId)
    await directory.addPerson({ ...ada, personId: 'p-2' }, keyOf(2), 5)
    expect((await directory.read()).people.map(({ nameKey }) => nameKey).sort()).toEqual(['ada', null])
  })
})
