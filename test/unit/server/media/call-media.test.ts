// The media of one call over a room that is never there: which making of a leg's media is the one of now.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { createCallMedia } from '../../../../server/media/call-media.ts'
import type { MediaPlan } from '../../../../server/ports.ts'

const planOf = (epoch: number): MediaPlan => ({
  callId: 'c1',
  roomId: 'r1',
  legs: [{ deviceId: 'd1', side: 'caller', epoch, speaks: true, hears: true }],
  echo: false
})

const open = () =>
  createCallMedia({
    callId: 'c1',
    plan: planOf(1),
    enterRoom: () => new Promise(() => undefined),
    push: () => undefined,
    tell: () => undefined,
    log: silentLogger
  })

describe("a call's media", () => {
  it('keeps what was made while the plan names the same epoch', () => {
    const media = open()
    const made = media.make('d1')
    media.apply(planOf(1))
    expect(media.make('d1')).toBe(made)
  })

  it.each([
    ['the phone makes it anew', 2],
    ['an app that was started anew counts from the beginning', 0]
  ])('drops it where %s', (_why, epoch) => {
    const media = open()
    const made = media.make('d1')
    media.apply(planOf(epoch))
    expect(media.peer('d1')).toBeNull()
    media.apply(planOf(1))
    expect(media.make('d1')).not.toBe(made)
  })
})
