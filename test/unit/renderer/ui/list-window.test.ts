// A long list drawn in parts: which rows are drawn where it is scrolled to, and where to scroll so that a row is seen.
import { describe, expect, it } from 'vitest'
import { layOut, offsetFor, rowsAt, sectionOf, topOf, type Section } from '../../../../renderer/state/list-window.ts'

const heights = { heading: 30, row: 50 }
const section = (key: string, count: number, title: string | null = key): Section<number> => ({
  key,
  title,
  rows: Array.from({ length: count }, (_, index) => index)
})
const layout = layOut([section('none', 2, null), section('a', 3), section('b', 1), section('c', 10_000)], heights)

describe('the layout', () => {
  it('puts sections under each other, with headings where they have any', () => {
    expect(layout.placed.map(({ top, first }) => [top, first])).toEqual([
      [0, 0],
      [100, 2],
      [280, 5],
      [360, 6]
    ])
    expect([layout.count, layout.height]).toEqual([10_006, 360 + 30 + 500_000])
  })
  it.each([
    [0, 0, 0],
    [1, 0, 50],
    [2, 1, 130],
    [5, 2, 310],
    [6, 3, 390],
    [10_005, 3, 390 + 9_999 * 50]
  ])('row %i is in section %i at %i', (row, at, top) => {
    expect([sectionOf(layout, row), topOf(layout, row, heights)]).toEqual([at, top])
  })
  it('knows no rows beyond its ends', () => {
    expect([sectionOf(layout, -1), sectionOf(layout, 10_006)]).toEqual([null, null])
    expect(rowsAt(layOut([], heights), { offset: 0, height: 500 }, heights)).toEqual({ from: 0, to: 0 })
  })
})

describe('the rows that are drawn', () => {
  const at = (offset: number, height = 500) => rowsAt(layout, { offset, height }, heights)
  it('are those in sight and some beyond', () => {
    expect(at(0)).toEqual({ from: 0, to: 15 })
    const { from, to } = at(390 + 5_000 * 50)
    expect(from).toBeLessThan(5_006)
    expect(to).toBeGreaterThanOrEqual(5_006 + 10)
  })
  it('are few, whatever is seen and wherever', () => {
    for (const height of [1, 500, 2_000, 20_000]) {
      for (let offset = -100; offset < layout.height + 1_000; offset += 9_973) {
        const { from, to } = at(offset, height)
        expect(to - from).toBeLessThanOrEqual(56)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(10_006)
      }
    }
  })
  it('cover everything that is seen', () => {
    for (let offset = 0; offset < 2_000; offset += 7) {
      const { from, to } = at(offset)
      expect(topOf(layout, from, heights)).toBeLessThanOrEqual(Math.max(offset, 0) + 30)
      expect(topOf(layout, to - 1, heights) + 50).toBeGreaterThanOrEqual(offset + 500)
    }
  })
})

describe('scrolling to a row', () => {
  const view = { offset: 1_000, height: 500 }
  it('stays where it is seen', () => {
    expect(offsetFor(layout, 20, view, heights)).toBe(1_000)
  })
  it('shows a row above under its heading, and one below at the end', () => {
    expect(offsetFor(layout, 0, view, heights)).toBe(0)
    expect(offsetFor(layout, 6, view, heights)).toBe(360)
    expect(offsetFor(layout, 100, view, heights)).toBe(390 + 95 * 50 - 500)
  })
})
