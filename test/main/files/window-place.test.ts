import { expect, test } from 'vitest'
import { placeWindow } from '../../../main/files/window-place.ts'

const primary = { x: 0, y: 24, width: 1920, height: 1056 }
const left = { x: -1280, y: 0, width: 1280, height: 1024 }
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  maximized: false,
})

test('the system places it the first time', () => {
  expect(placeWindow(null, [primary])).toEqual({ width: 1280, height: 800 })
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toEqual({ width: 1024, height: 700 })
})

test('it comes back where it was, on whichever display', () => {
  expect(placeWindow(at(300, 200), [primary, left])).toEqual({ x: 300, y: 200, width: 1000, height: 700 })
  expect(placeWindow(at(-1200, 100), [primary, left])).toEqual({ x: -1200, y: 100, width: 1000, height: 700 })
  // Half outside can still be taken hold of.
  expect(placeWindow(at(1700, 900), [primary])).toMatchObject({ x: 1700, y: 900 })
})

test.each([
  ['on a display that is gone', at(-1200, 100)],
  ['too far to the right', at(1900, 200)],
  ['with its title bar above the edge', at(300, -50)],
  ['below everything', at(300, 1070)],
])('%s the system places it anew', (_where, place) => {
  expect(placeWindow(place, [primary])).toEqual({ width: 1000, height: 700 })
})

test('it never is larger than its display, nor smaller than it can be used', () => {
  expect(placeWindow(at(0, 24, 5000, 5000), [primary])).toMatchObject({ width: 1920, height: 1056 })
  expect(placeWindow(at(0, 24, 10, 10), [primary])).toMatchObject({ width: 900, height: 600 })
  expect(placeWindow(at(0, 0), [{ x: 0, y: 0, width: 800, height: 480 }])).toMatchObject({
    width: 900,
    height: 600,
  })
})

test('without any display it keeps its size', () => {
  expect(placeWindow(at(1, 2), [])).toEqual({ width: 1000, height: 700 })
})
