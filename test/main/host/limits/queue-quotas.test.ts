/** What the host tells the broker of people, so that nobody takes all of its queues. */
import { expect, test } from 'vitest'
import { headersOf } from '../../broker/stompjs.ts'
import { connect, person, startHost, type Talker } from '../fixture.ts'

/** Opens a queue. @returns whether the broker let it; what it refuses, it closes. */
const opens = async ({ client }: Talker, destination: string): Promise<boolean> =>
  new Promise(resolve => {
    client.watchForReceipt(destination, () => resolve(true))
    client.onStompError = () => resolve(false)
    client.publish({ destination, body: 'x', headers: headersOf({ receipt: destination }) })
  })

test('reconnecting guests share one quota of queues, device keys of one computer get half of all, and the owner’s reserve is untouched', async () => {
  const { ws } = await startHost({ limits: { queues: 10, queuesPerPerson: 3 } })
  const owner = await person(ws, 'Host')
  const openedByGuests: boolean[] = []
  for (let n = 0; n < 5; n += 1)
    openedByGuests.push(await opens(await connect(ws, { login: 'Guest' }), `/queue/guest.${n}`))
  expect(openedByGuests).toEqual([true, true, true, false, false])
  const openedByKeys: boolean[] = []
  for (let n = 0; n < 4; n += 1)
    openedByKeys.push(await opens(await person(ws, `Person ${n}`), `/queue/${n}`))
  expect(openedByKeys).toEqual([true, true, false, false])
  expect(await opens(owner, '/queue/owner')).toBe(true)
})
