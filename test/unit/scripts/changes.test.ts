// Changes of sources: dealt with when they have settled, one go at a time, never forgotten and never after the end.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createChanges } from '../../../scripts/support/changes.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const setUp = () => {
  const goes: (readonly string[])[] = []
  const ends: { done: () => void; fail: () => void }[] = []
  const said = vi.fn<(error: unknown) => void>()
  const changes = createChanges((changed) => {
    goes.push([...changed].sort())
    return new Promise((resolve, reject) => ends.push({ done: resolve, fail: () => reject(new Error('no build')) }))
  }, said)
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
  return { changes, goes, ends, said, pass }
}

it('waits until nothing more comes', async () => {
  const { changes, goes, pass } = setUp()
  changes.add('main')
  await pass(150)
  changes.add('server')
  await pass(199)
  expect(goes).toEqual([])
  await pass(1)
  expect(goes).toEqual([['main', 'server']])
})

it('deals with what comes meanwhile afterwards, when that too has settled', async () => {
  const { changes, goes, ends, pass } = setUp()
  changes.add('main')
  await pass(200)
  changes.add('server')
  await pass(1_000)
  changes.add('common')
  ends[0]?.done()
  await pass(199)
  expect(goes).toHaveLength(1)
  await pass(1)
  expect(goes).toEqual([['main'], ['common', 'server']])
})

it('does not forget what failed: the next change mends it', async () => {
  const { changes, goes, ends, said, pass } = setUp()
  changes.add('server')
  changes.add('main')
  await pass(200)
  ends[0]?.fail()
  await pass(5_000)
  expect([goes.length, said.mock.calls.length]).toEqual([1, 1])
  changes.add('main')
  await pass(200)
  expect(goes[1]).toEqual(['main', 'server'])
})

it('begins nothing after the end, and says nothing more of what was begun', async () => {
  const { changes, goes, ends, said, pass } = setUp()
  changes.add('main')
  await pass(200)
  changes.add('server')
  changes.stop()
  await pass(1_000)
  ends[0]?.fail()
  changes.add('main')
  await pass(1_000)
  expect([goes.length, said.mock.calls.length]).toEqual([1, 0])
})
