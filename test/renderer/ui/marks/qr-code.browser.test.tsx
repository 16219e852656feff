import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { QrCode } from '../../../../renderer/ui/marks/QrCode.tsx'

const text = 'stompbox://join?url=ws%3A%2F%2F192.168.0.14%3A7070%2Fstomp&passcode=7K3M-Q9XT-2BVN-H4DR'

test('every module is drawn where it belongs, black on white', async () => {
  await render(<QrCode text={text} label="Invitation" />)
  const picture = page.getByRole('img', { name: 'Invitation' })
  await expect.element(picture).toBeVisible()
  const path = picture.element().querySelector('path')
  const { data } = encode(text, { ecc: 'L', boostEcc: true, border: 3 })
  const drawn = data.map((row, y) =>
    row.map((_black, x) => path?.isPointInFill(new DOMPoint(x + 0.5, y + 0.5))),
  )
  expect(drawn).toEqual(data)
  const { backgroundColor, fill } = getComputedStyle(picture.element())
  expect([backgroundColor, fill]).toEqual(['rgb(255, 255, 255)', 'rgb(28, 26, 23)'])
})
