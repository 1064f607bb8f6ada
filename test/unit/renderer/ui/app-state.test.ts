// The page's copy of the snapshot: patches in order, old ones dropped, gaps healed, patches during a load not lost.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { SnapshotPatch, WholeSnapshot } from '../../../../common/snapshot.ts'
import { AppState } from '../../../../renderer/state/app-state.svelte.ts'
import { Toasts } from '../../../../renderer/state/toasts.svelte.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'

type Loaded = Result<WholeSnapshot>
const first = snapshotOf('contacts', 'en', 'light', 0)
const at = (rev: number, missed: number): Loaded => ok({ rev, now: 0, snapshot: { ...first, missed } })

/** Main, as far as the state sees it; each load waits to be answered. */
const createFakeMain = () => {
  const answers: ((loaded: Loaded) => void)[] = []
  let listener: ((patch: SnapshotPatch) => void) | null = null
  const state = new AppState({
    load: () => new Promise((resolve) => answers.push(resolve)),
    onChanged: (on) => {
      listener = on
      return () => {
        listener = null
      }
    }
  })
  return {
    state,
    loads: () => answers.length,
    answer: async (loaded: Loaded) => {
      answers.at(-1)?.(loaded)
      await Promise.resolve()
      await Promise.resolve()
    },
    patch: (rev: number, missed: number) => listener?.({ rev, now: 0, changed: { missed } }),
    listens: () => listener !== null
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('AppState', () => {
  it('applies the next patch and drops a known one', async () => {
    const main = createFakeMain()
    main.state.start()
    expect(main.state.snapshot).toBeNull()
    await main.answer(at(5, 0))
    main.patch(6, 1)
    main.patch(6, 9)
    main.patch(4, 9)
    expect(main.state.snapshot?.missed).toBe(1)
    expect(main.loads()).toBe(1)
  })
  it("reads the app's clock, whatever the machine's is set to", async () => {
    const main = createFakeMain()
    main.state.start()
    await main.answer(ok({ rev: 5, now: 40_000, snapshot: first }))
    vi.advanceTimersByTime(2_000)
    vi.setSystemTime(Date.now() + 3_600_000)
    expect(main.state.now()).toBeCloseTo(42_000, -1)
    main.patch(6, 1)
    expect(main.state.now(), 'as main says now').toBeCloseTo(0, -1)
  })
  it('keeps patches that come while it loads, and drops those the answer holds already', async () => {
    const main = createFakeMain()
    main.state.start()
    main.patch(5, 5)
    main.patch(6, 6)
    await main.answer(at(5, 50))
    expect(main.state.snapshot?.missed).toBe(6)
    expect(main.loads()).toBe(1)
  })
  it('loads again after a gap, once', async () => {
    const main = createFakeMain()
    main.state.start()
    await main.answer(at(1, 0))
    main.patch(4, 4)
    main.patch(5, 5)
    expect(main.loads()).toBe(2)
    expect(main.state.snapshot?.missed).toBe(0)
    await main.answer(at(4, 4))
    expect(main.state.snapshot?.missed).toBe(5)
    expect(main.loads()).toBe(2)
  })
  it('tries again after a refusal, and not once it is stopped', async () => {
    const main = createFakeMain()
    const stop = main.state.start()
    await main.answer(fail('internal'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(main.loads()).toBe(2)
    await main.answer(fail('internal'))
    stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(main.loads()).toBe(2)
    expect(main.listens()).toBe(false)
  })
  it('tells the first snapshot, and derives people and incoming calls', async () => {
    const main = createFakeMain()
    main.state.start()
    await main.answer(ok({ rev: 1, now: 0, snapshot: snapshotOf('incoming', 'fa', 'light', 0) }))
    await expect(main.state.loaded).resolves.toMatchObject({ locale: 'fa' })
    expect(main.state.contacts.map((one) => one.username)).not.toContain('102')
    expect(main.state.incoming).toHaveLength(1)
    expect(main.state.strings.shell.answer).toBe('پاسخ')
  })
})

describe('Toasts', () => {
  it('say a failure once, go by themselves, and say nothing of what was cancelled', async () => {
    const toasts = new Toasts()
    await toasts.watch(Promise.resolve(fail('disconnected')))
    await toasts.watch(Promise.resolve(fail('disconnected')))
    await toasts.watch(Promise.resolve(fail('cancelled')))
    await toasts.watch(Promise.resolve(ok({})))
    expect(toasts.list.map((toast) => toast.key)).toEqual(['disconnected'])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(toasts.list).toEqual([])
  })
})
