// @vitest-environment happy-dom
// Being asked how a talk was: when, how often, what is told of the answer, and that nothing comes of no answer.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CallView } from '../../../../common/snapshot.ts'
import { answer, follow, noRating, rateLimits, type Rating } from '../../../../renderer/state/rate-talk.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, settle } from './page.ts'

const [over] = snapshotOf('ended', 'en', 'light', 0).calls
const [live] = snapshotOf('talking', 'en', 'light', 0).calls
if (over === undefined || live === undefined) throw new Error('no calls')

describe('whether one is asked', () => {
  const talked = (ms: number): CallView => ({ ...over, talk: { ms, since: null } })
  const step = (calls: readonly CallView[], mayAsk = true, before: Rating = noRating, now = 1_000) =>
    follow(before, calls, mayAsk, now)

  it('is after a talk of some seconds alone, where the person wants it, and not in another call', () => {
    expect(step([talked(rateLimits.talkMs)]).state.step).toBe('asking')
    expect(step([talked(rateLimits.talkMs - 1)]).state.step).toBe('nothing')
    expect(step([talked(60_000)], false).state.step).toBe('nothing')
    expect(step([talked(60_000), { ...live, session: 's9' }]).state.step).toBe('nothing')
    expect(step([]).state.step).toBe('nothing')
  })

  it('is once for each talk, and not later for one that ended in another', () => {
    const asking = step([talked(60_000)])
    const left = answer(asking, 'close', 1_500)
    expect(follow(left, [talked(60_000)], true, 2_000).state.step).toBe('nothing')
    const inAnother = step([talked(60_000), { ...live, session: 's9' }])
    expect(follow(inAnother, [talked(60_000)], true, 2_000).state.step).toBe('nothing')
  })

  it('goes by itself, stays when its call has left the screen, and gives way to the next call', () => {
    const asking = step([talked(60_000)])
    expect(follow(asking, [], true, 1_000 + rateLimits.askedMs - 1).state.step).toBe('asking')
    expect(follow(asking, [], true, 1_000 + rateLimits.askedMs).state.step).toBe('nothing')
    expect(follow(asking, [{ ...live, session: 's9' }], true, 2_000).state.step).toBe('nothing')
  })

  it('is over with good, asks why with bad, and thanks for a moment', () => {
    const asking = step([talked(60_000)])
    const good = answer(asking, 'good', 2_000)
    expect(good.state.step).toBe('thanked')
    expect(follow(good, [], true, 2_000 + rateLimits.thankedMs).state.step).toBe('nothing')
    const bad = answer(asking, 'bad', 10_000)
    expect(bad.state).toMatchObject({ step: 'why', until: 10_000 + rateLimits.askedMs })
    expect(answer(bad, 'reason', 11_000).state.step).toBe('thanked')
    expect(answer(noRating, 'good', 1)).toEqual(noRating)
  })
})

describe('on the ended screen', () => {
  afterEach(close)
  const card = () => document.querySelector('.rate')

  it('one tap is told, and one reason with a second; nothing takes the focus before that', async () => {
    const { bridge } = await open('ended')
    expect(card()?.textContent).toContain('How was the sound with')
    expect(card()?.contains(document.activeElement)).toBe(false)
    button('Bad').click()
    await settle()
    expect(asks(bridge, 'rate')).toEqual([{ session: 's1', rating: 'bad', reason: null }])
    expect(document.activeElement?.textContent).toBe('They couldn’t hear me')
    button('Echo').click()
    flushSync()
    expect(asks(bridge, 'rate')[1]).toEqual({ session: 's1', rating: 'bad', reason: 'echo' })
    expect(card()?.textContent).toContain('Thank you.')
  })

  it('is closed without a word, and asked no more of this call', async () => {
    const { bridge, snapshot } = await open('ended')
    card()?.querySelector<HTMLButtonElement>('.close button')?.click()
    flushSync()
    bridge.change({ calls: [...snapshot.calls] })
    await settle()
    expect(card()).toBeNull()
    expect(asks(bridge, 'rate')).toEqual([])
  })

  it('is not there where it is turned off in the settings', async () => {
    const { bridge, snapshot } = await open('ended')
    bridge.change({ settings: { ...snapshot.settings, askRating: false } })
    await settle()
    expect(card()).toBeNull()
  })

  it('goes by itself, but not under the hand of who is about to answer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const { bridge } = await open('ended')
      card()?.dispatchEvent(new Event('pointerenter'))
      flushSync()
      vi.advanceTimersByTime(2 * rateLimits.askedMs)
      // Its call leaves the screen meanwhile.
      bridge.change({ calls: [] })
      flushSync()
      expect(card()).not.toBeNull()
      card()?.dispatchEvent(new Event('pointerleave'))
      flushSync()
      vi.advanceTimersByTime(rateLimits.askedMs)
      flushSync()
      expect(card()).toBeNull()
    } finally {
      vi.useRealTimers()
    }
  })
})
