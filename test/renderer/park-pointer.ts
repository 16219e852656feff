/** Menus and tooltips go by where a pointer moved last. That is not to be where the test before has left it. */
import { beforeEach } from 'vitest'
import { userEvent } from 'vitest/browser'

beforeEach(() => userEvent.hover(document.documentElement, { position: { x: 0, y: 0 }, force: true }))
