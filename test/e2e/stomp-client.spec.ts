import { expect, test } from './fixtures.ts'
import { addressOf, boxPasscode, meet, message } from './steps.ts'
import { connectClient, publish } from './stomp.ts'

test('a bare STOMP client takes part, and is shown under its own name only', async ({ launch }) => {
  const [host, guest] = await Promise.all([launch(), launch()])
  await meet(host, guest)
  const client = await connectClient(await addressOf(host), 'A', boxPasscode)

  publish(client, { roomId: 'general', sender: 'A', content: '안녕' })
  publish(client, { roomId: 'general', sender: 'Ada', senderId: 'ada', content: 'I am Ada' })

  for (const { page } of [host, guest]) {
    await expect(message(page, '안녕').locator('header')).toContainText('A')
    // The second follows the first, so it stands under the same head: the same sender said both.
    await expect(message(page, 'I am Ada')).toBeVisible()
    await expect(message(page, 'I am Ada').locator('header')).toHaveCount(0)
    await expect(message(page, 'I am Ada').getByRole('img')).toHaveCount(0)
  }
  await client.deactivate()
})

test('a malformed message is refused with a reason, and nobody sees anything of it', async ({ launch }) => {
  const host = await launch()
  await meet(host, await launch())
  const client = await connectClient(await addressOf(host), 'A', boxPasscode)
  const refusals: string[] = []
  client.subscribe('/user/queue/errors', frame => refusals.push(frame.headers.code ?? ''))

  client.publish({ destination: '/app/chat/message', body: 'no JSON' })
  publish(client, { roomId: 'general', content: 'after it' })

  await expect(message(host.page, 'after it')).toBeVisible()
  await expect.poll(() => refusals).toEqual(['input-invalid'])
  await expect(message(host.page, 'no JSON')).toHaveCount(0)
  await client.deactivate()
})
