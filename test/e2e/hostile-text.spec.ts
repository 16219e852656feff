import { expect, test } from './fixtures.ts'
import {
  addressOf,
  boxPasscode,
  createRoom,
  expectDelivered,
  hostChat,
  message,
  roomItem,
  say,
} from './steps.ts'
import { connectClient, publish } from './stomp.ts'

const image = `<img src=x onerror="document.title='hacked'">`
const script = '<script>document.title="hacked"</script>'
const link = 'javascript:document.title="hacked"'

test('HTML and script addresses in a message are text', async ({ launch }) => {
  const { page, app, userData } = await launch()
  await hostChat({ page, app, userData }, 'Ada')
  for (const text of [image, script, link, 'see https://example.invalid/page too']) {
    await say(page, text)
    await expectDelivered(page, text)
    await expect(message(page, text)).toContainText(text)
  }
  const log = page.getByRole('log')
  await expect(log.locator('img, script')).toHaveCount(0)
  await expect(log.getByRole('link')).toHaveCount(1)

  await log.getByRole('link').click()
  await expect.poll(() => app.evaluate(() => record.opened)).toEqual(['https://example.invalid/page'])
  expect(app.windows()).toHaveLength(1)
  await expect(page).toHaveTitle('Stompbox')
})

test('HTML in the name of a person or a room is text', async ({ launch }) => {
  const instance = await launch()
  await hostChat(instance, '<b>Ada</b>')
  const { page } = instance
  await createRoom(page, image)
  await expect(roomItem(page, image.replaceAll('"', '\\"'))).toContainText(image)
  await say(page, 'who am I', image)
  await expect(message(page, 'who am I').locator('header')).toContainText('<b>Ada</b>')
  await expect(page.locator('main img[src="x"]')).toHaveCount(0)
  await expect(page).toHaveTitle('Stompbox')
})

test('HTML in what a foreign client claims to be is text', async ({ launch }) => {
  const instance = await launch()
  await hostChat(instance, 'Ada')
  const client = await connectClient(await addressOf(instance), image, boxPasscode)
  publish(client, { roomId: 'general', content: script, constructor: { prototype: { polluted: 1 } } })
  await expect(message(instance.page, script)).toContainText(script)
  await expect(message(instance.page, script).locator('header')).toContainText(image)
  await expect(instance.page.getByRole('log').locator('script, img[src]')).toHaveCount(0)
  await client.deactivate()
})
