// Which rows of a long list of sections are drawn: places of headings and rows by their two heights alone. Pure; draws
// nothing and measures nothing.

/** A part of a list with its heading; null where it needs none. */
export type Section<Row> = { readonly key: string; readonly title: string | null; readonly rows: readonly Row[] }

/** What one heading and one row take, in pixels. */
export type Heights = { readonly heading: number; readonly row: number }

/** A section's place in the list. */
export type Placed = {
  /** The number of its first row, counted through all sections. */
  readonly first: number
  readonly count: number
  readonly top: number
  readonly headingHeight: number
  /** With its heading. */
  readonly height: number
}

export type Layout = { readonly placed: readonly Placed[]; readonly count: number; readonly height: number }

/** Rows `from` up to and without `to`, counted through all sections. */
export type Range = { readonly from: number; readonly to: number }

/** What is seen of the list: how far it is scrolled, and how high its window is. */
export type View = { readonly offset: number; readonly height: number }

/** Rows beyond both edges, so that they are there before they are seen. */
const spare = 6
/** However high the window is: what is drawn stays few. */
const mostRows = 56

export const layOut = (sections: readonly Section<unknown>[], heights: Heights): Layout => {
  const placed: Placed[] = []
  let [count, height] = [0, 0]
  for (const { title, rows } of sections) {
    const headingHeight = title === null ? 0 : heights.heading
    const whole = headingHeight + rows.length * heights.row
    placed.push({ first: count, count: rows.length, top: height, headingHeight, height: whole })
    count += rows.length
    height += whole
  }
  return { placed, count, height }
}

/** The section that a row is in, found by halves; null where there is no such row. */
export const sectionOf = ({ placed, count }: Layout, row: number): number | null => {
  if (row < 0 || row >= count) return null
  let [low, high] = [0, placed.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((placed[middle]?.first ?? 0) <= row) low = middle
    else high = middle - 1
  }
  return low
}

/** How far a row's upper edge is from the list's. */
export const topOf = (layout: Layout, row: number, heights: Heights): number => {
  const place = layout.placed[sectionOf(layout, row) ?? -1]
  return place === undefined ? 0 : place.top + place.headingHeight + (row - place.first) * heights.row
}

/** The first row whose lower edge is below `offset`. */
const firstBelow = (layout: Layout, offset: number, heights: Heights): number => {
  let [low, high] = [0, layout.placed.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const place = layout.placed[middle]
    if (place !== undefined && place.top + place.height > offset) high = middle
    else low = middle + 1
  }
  const place = layout.placed[low]
  if (place === undefined) return 0
  const inside = Math.floor((offset - place.top - place.headingHeight) / heights.row)
  return place.first + Math.min(Math.max(0, inside), place.count)
}

/** The rows to draw for what is seen. */
export const rowsAt = (layout: Layout, { offset, height }: View, heights: Heights): Range => {
  const from = Math.max(0, firstBelow(layout, Math.max(0, offset), heights) - spare)
  const to = Math.min(layout.count, firstBelow(layout, offset + height, heights) + 1 + spare)
  return { from, to: Math.min(to, from + mostRows) }
}

/** Where to scroll so that a row is seen under its heading; where it is seen already, stays. */
export const offsetFor = (layout: Layout, row: number, view: View, heights: Heights): number => {
  const place = layout.placed[sectionOf(layout, row) ?? -1]
  const top = topOf(layout, row, heights)
  const above = top - (place?.headingHeight ?? 0)
  if (above < view.offset) return above
  const below = top + heights.row - view.height
  return Math.max(view.offset, below)
}
