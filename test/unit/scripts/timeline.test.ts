// Events of two phones, printed in the order in which they happened.
import { expect, it } from 'vitest'
import { createTimeline } from '../../../scripts/support/timeline.ts'

const at = (...times: number[]) => times.map((time) => ({ at: time }))
const times = (placed: readonly { readonly log: number; readonly event: { readonly at: number } }[]) =>
  placed.map(({ log, event }) => `${log}:${event.at}`)

it('holds an event back until what another phone writes later has come', () => {
  const timeline = createTimeline<{ at: number }>()
  expect(times(timeline.upTo([at(10, 40), []], 30))).toEqual(['0:10'])
  expect(times(timeline.upTo([at(10, 40), at(20, 35)], 45))).toEqual(['1:20', '1:35', '0:40'])
})

it('tells each event once, and all of them at the end', () => {
  const timeline = createTimeline<{ at: number }>()
  timeline.upTo([at(1), at(2)], 5)
  expect(times(timeline.upTo([at(1, 8), at(2, 7, 9)], 8))).toEqual(['1:7', '0:8'])
  expect(times(timeline.upTo([at(1, 8), at(2, 7, 9)], Infinity))).toEqual(['1:9'])
  expect(timeline.upTo([at(1, 8), at(2, 7, 9)], Infinity)).toEqual([])
})

it('keeps the order of one phone at the same moment', () => {
  const event = (time: number, word: string) => ({ at: time, word })
  const timeline = createTimeline<{ at: number; word: string }>()
  const placed = timeline.upTo([[event(1, 'a'), event(1, 'b')], [event(1, 'c')]], 1)
  expect(placed.map(({ event: { word } }) => word)).toEqual(['a', 'b', 'c'])
})
