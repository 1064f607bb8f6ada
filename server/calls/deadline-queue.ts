// Which of many keys is due first: an indexed binary heap. It reads no clock and arms no timer.
import type { EpochMs } from '../../common/time.ts'

type Item = { readonly key: string; readonly at: EpochMs }

export type DeadlineQueue = {
  /** Sets or moves `key`'s time; null takes it out. O(log n). */
  readonly set: (key: string, at: EpochMs | null) => void
  readonly first: () => Item | null
  readonly size: () => number
}

export const createDeadlineQueue = (): DeadlineQueue => {
  const heap: Item[] = []
  const places = new Map<string, number>()

  const put = (item: Item, place: number): void => {
    heap[place] = item
    places.set(item.key, place)
  }

  const rise = (item: Item, from: number): number => {
    let place = from
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || parent.at <= item.at) break
      put(parent, place)
      place = above
    }
    put(item, place)
    return place
  }

  const sink = (item: Item, from: number): void => {
    let place = from
    for (;;) {
      const left = 2 * place + 1
      const right = left + 1
      const leftItem = heap[left]
      if (leftItem === undefined) break
      const rightItem = heap[right]
      const [below, child] =
        rightItem !== undefined && rightItem.at < leftItem.at ? [right, rightItem] : [left, leftItem]
      if (item.at <= child.at) break
      put(child, place)
      place = below
    }
    put(item, place)
  }

  const take = (key: string): void => {
    const place = places.get(key)
    if (place === undefined) return
    places.delete(key)
    const last = heap.pop()
    if (last === undefined || last.key === key) return
    sink(last, rise(last, place))
  }

  return {
    set: (key, at) => {
      const place = places.get(key)
      if (place !== undefined && heap[place]?.at === at) return
      take(key)
      if (at !== null) rise({ key, at }, heap.length)
    },
    first: () => heap[0] ?? null,
    size: () => heap.length
  }
}
