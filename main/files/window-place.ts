/** The window's bounds, and where it opens on the displays connected now. In device-independent pixels. */
import { z } from 'zod'

const pixels = z.int().min(-100_000).max(100_000)
const rectangleSchema = z.object({ x: pixels, y: pixels, width: pixels, height: pixels })
export type Rectangle = z.infer<typeof rectangleSchema>

export const windowPlaceSchema = z.object({ bounds: rectangleSchema, maximized: z.boolean() })
export type WindowPlace = z.infer<typeof windowPlaceSchema>

export const smallest = { width: 900, height: 600 }
const usual = { width: 1280, height: 800 }

/** The part of the title bar that must be on a display, so that the window can be moved. */
const grip = { width: 120, height: 36 }

const overlap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom)

const canBeGripped = (bounds: Rectangle, area: Rectangle): boolean =>
  overlap(bounds.x, bounds.width, area.x, area.width) >= grip.width &&
  overlap(bounds.y, grip.height, area.y, area.height) >= grip.height

const between = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high))

/**
 * @param place the window's last bounds; null on the first start.
 * @param areas work areas of the displays, the primary one first.
 * @returns the size and, where the window would be reachable, the position; otherwise the system chooses one.
 */
export const placeWindow = (
  place: WindowPlace | null,
  areas: readonly Rectangle[],
): Partial<Rectangle> & Pick<Rectangle, 'width' | 'height'> => {
  const area = areas.find(candidate => place && canBeGripped(place.bounds, candidate)) ?? areas[0]
  const { width, height } = place?.bounds ?? usual
  const size = {
    width: between(width, smallest.width, Math.max(smallest.width, area?.width ?? width)),
    height: between(height, smallest.height, Math.max(smallest.height, area?.height ?? height)),
  }
  if (!place || !area || !canBeGripped(place.bounds, area)) return size
  return { ...size, x: place.bounds.x, y: place.bounds.y }
}
