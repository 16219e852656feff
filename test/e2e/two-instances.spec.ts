import { expect, test } from './fixtures.ts'
import { expectDelivered, meet, message, say, textsOf } from './steps.ts'

test('one hosts, the other connects, and both see what both write, in one order', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)

  await say(host.page, 'Is anybody here?')
  await expect(message(guest.page, 'Is anybody here?')).toBeVisible()
  await say(guest.page, '네, 방금 들어왔어요.')
  await expect(message(host.page, '네, 방금 들어왔어요.')).toBeVisible()
  await say(host.page, 'Then let us begin.')

  await expectDelivered(host.page, 'Is anybody here?')
  await expectDelivered(guest.page, '네, 방금 들어왔어요.')
  await expectDelivered(host.page, 'Then let us begin.')
  await expect(message(guest.page, 'Then let us begin.')).toBeVisible()

  const said = ['Is anybody here?', '네, 방금 들어왔어요.', 'Then let us begin.']
  await expect.poll(() => textsOf(host.page)).toEqual(said)
  await expect.poll(() => textsOf(guest.page)).toEqual(said)
})

test('what both write at once stands in the same order for both, each once', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  const numbers = [1, 2, 3, 4, 5]
  await Promise.all(
    [host, guest].map(async ({ page }, index) => {
      for (const number of numbers) await say(page, `${index === 0 ? 'host' : 'guest'} ${String(number)}`)
    }),
  )
  for (const { page } of [host, guest]) {
    await expect.poll(async () => (await textsOf(page)).length).toBe(2 * numbers.length)
  }
  // A message of one's own takes its place among the others when the host has given it one.
  await expect(async () => {
    expect(await textsOf(guest.page)).toEqual(await textsOf(host.page))
  }).toPass()
})
