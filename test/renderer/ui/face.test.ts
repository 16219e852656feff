import { expect, test } from 'vitest'
import { hueOf, initialOf, initialsOf } from '../../../renderer/ui/face.ts'

test.each([
  ['이서연', '서연'],
  ['홍길동', '길동'],
  ['남궁하늘별', '하늘'],
  ['남궁민', '궁민'],
  ['선우은숙', '은숙'],
  ['지우', '지우'],
  ['Marcus Ødegaard', 'MØ'],
  ['Alexandra Papadopoulou-Winterbottom', 'AP'],
  ['Ana Maria Silva', 'AS'],
  ['A', 'A'],
  ['tomás', 'T'],
  ['  김 서준 ', '김서'],
  ['👩‍🚀 crew', '👩‍🚀C'],
  ['', ''],
])('%s is shown as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

test('a decomposed Korean name looks like a composed one', () => {
  const decomposed = '이서연'.normalize('NFD')
  expect(initialsOf(decomposed)).toBe('서연')
  expect(hueOf(decomposed)).toBe(hueOf('이서연'))
})

test('a small face shows one whole character', () => {
  expect(initialOf('이서연')).toBe('서')
  expect(initialOf('👩‍🚀 crew')).toBe('👩‍🚀')
})

test('hues are stable, within range, and use the whole of it', () => {
  const hues = new Set(Array.from({ length: 200 }, (_, at) => hueOf(`guest-${at}`)))
  expect([...hues].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})
