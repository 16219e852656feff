/** An owner of the host looks after the queues and streams of others. */
import { expect, test } from 'vitest'
import { bodies, person, startHost } from '../fixture.ts'

test('only owners of the host list and delete queues and streams', async () => {
  const { ws } = await startHost()
  const [owner, guest] = [await person(ws, 'Ada'), await person(ws, 'Bob')]
  await guest.subscribe('/topic/lecture', { 'x-queue-type': 'stream' })
  await guest.send('/queue/full', 'x'.repeat(5_000))
  await guest.send('/topic/lecture', 'y')

  guest.client.subscribe('/app/queues', () => undefined)
  await expect.poll(() => guest.errors.map(({ headers }) => headers.code)).toEqual(['not-allowed'])
  await expect(guest.send('/app/queue/delete', { destination: '/queue/full' })).rejects.toThrow('not-allowed')

  const list = await owner.subscribe('/app/queues')
  await expect
    .poll(() => bodies(list))
    .toMatchObject([
      {
        queues: [
          { destination: '/queue/full', kind: 'queue', messages: 1, isRead: false },
          { destination: '/topic/lecture', kind: 'stream', messages: 1, isRead: true },
        ],
        more: 0,
      },
    ])
  await owner.send('/app/queue/delete', { destination: '/queue/full' })
  await owner.send('/app/queue/delete', { destination: '/topic/lecture' })
  for (const destination of ['/queue/full', '/topic/room.general'])
    await expect(owner.send('/app/queue/delete', { destination })).rejects.toThrow('not-found')
  await expect(owner.send('/app/queue/delete', {})).rejects.toThrow('input-invalid')
  const after = await owner.subscribe('/app/queues')
  await expect.poll(() => bodies(after)).toEqual([{ queues: [], more: 0 }])
})
