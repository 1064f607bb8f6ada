// One leg over a fake mediasoup device: whatever happens while its track is being swapped, no microphone outlives it.
import { describe, expect, it, vi } from 'vitest'
import type { MediaFact, MediaOrder } from '../../../../common/ipc.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { Ask } from '../../../../renderer/media/ask.ts'
import { createLeg, type LegDeps } from '../../../../renderer/media/leg.ts'
import { rebuildPauseMs } from '../../../../renderer/media/recovery.ts'

const fakeTrack = () => {
  const track = { enabled: true, readyState: 'live', stop: () => (track.readyState = 'ended') }
  return track
}
type FakeTrack = ReturnType<typeof fakeTrack>
const settled = () => new Promise((resolve) => setImmediate(resolve))

const talk: MediaOrder = { session: 's1', epoch: 1, want: 'talk', microphone: true, muted: false }

const start = (order: MediaOrder) => {
  const facts: MediaFact[] = []
  const microphones: FakeTrack[] = []
  const swaps: { readonly track: FakeTrack; readonly done: () => void; readonly refuse: () => void }[] = []
  const producer = {
    replaceTrack: ({ track }: { track: FakeTrack }) =>
      new Promise<void>((resolve, reject) => {
        swaps.push({
          track,
          done: resolve,
          refuse: () => {
            reject(new Error('closed'))
          }
        })
      })
  }
  const transport = () => ({
    on: () => undefined,
    close: () => undefined,
    connectionState: 'connected',
    produce: () => Promise.resolve(producer)
  })
  const open = (): Promise<Result<FakeTrack>> => {
    const track = fakeTrack()
    microphones.push(track)
    return Promise.resolve(ok(track))
  }
  const ask = (name: string) => Promise.resolve(name === 'media.open' ? ok({ iceServers: [] }) : ok({}))
  const deps = {
    ask: ask as unknown as Ask,
    device: () =>
      Promise.resolve({ createSendTransport: transport, createRecvTransport: transport, recvRtpCapabilities: {} }),
    microphone: { open },
    silence: { track: fakeTrack },
    playback: { setAudible: vi.fn(), close: vi.fn() },
    line: { hear: vi.fn(), unhear: vi.fn(), mix: vi.fn(fakeTrack), leave: vi.fn(), close: vi.fn() },
    onFact: (fact: MediaFact) => facts.push(fact),
    attachTransform: () => undefined,
    joined: () => true,
    onError: vi.fn()
  }
  const leg = createLeg(order, deps as unknown as LegDeps)
  return { leg, deps, facts, microphones, swaps }
}

const living = (tracks: readonly FakeTrack[]) => tracks.filter(({ readyState }) => readyState === 'live').length

describe('a leg', () => {
  it('sends the microphone once it may, and lets go of it when it is closed', async () => {
    const { leg, facts, microphones, swaps } = start(talk)
    await settled()
    swaps[0]?.done()
    await settled()
    expect(facts).toEqual([{ kind: 'ready' }])
    expect(living(microphones)).toBe(1)
    leg.close()
    expect(living(microphones)).toBe(0)
  })

  it.each(['done', 'refuse'] as const)('closed while the track is swapped keeps no microphone (%s)', async (how) => {
    const { leg, facts, microphones, swaps } = start(talk)
    await settled()
    expect(swaps).toHaveLength(1)
    leg.close()
    swaps[0]?.[how]()
    await settled()
    expect(living(microphones)).toBe(0)
    expect(facts).toEqual([{ kind: 'ready' }])
  })

  it('whose swap fails keeps no microphone either', async () => {
    const { microphones, swaps, facts } = start(talk)
    await settled()
    swaps[0]?.refuse()
    await settled()
    expect(living(microphones)).toBe(0)
    expect(facts.at(-1)).toEqual({ kind: 'failed', code: 'media_failed' })
  })

  it('is heard and opens the microphone from the press of Answer, and is silent again where another device was first', async () => {
    const rings: MediaOrder = { ...talk, want: 'prepare', microphone: false }
    const { leg, deps, microphones, swaps } = start(rings)
    await settled()
    expect(deps.playback.setAudible).toHaveBeenLastCalledWith(false)
    expect(microphones).toHaveLength(0)
    leg.order({ ...rings, microphone: true })
    expect(deps.playback.setAudible).toHaveBeenLastCalledWith(true)
    await settled()
    swaps[0]?.done()
    await settled()
    expect(living(microphones)).toBe(1)
    leg.order(rings)
    expect(deps.playback.setAudible).toHaveBeenLastCalledWith(false)
    await settled()
    swaps[1]?.done()
    await settled()
    expect(living(microphones)).toBe(0)
  })

  it('muted while the track is swapped is muted', async () => {
    const { leg, swaps } = start(talk)
    await settled()
    leg.order({ ...talk, muted: true })
    swaps[0]?.done()
    await settled()
    expect(swaps[0]?.track.enabled).toBe(false)
  })

  it('says that it has no microphone, sends silence, and says when it is well again', async () => {
    const { leg, deps, facts, swaps } = start({ ...talk, microphone: false })
    await settled()
    const { open } = deps.microphone
    deps.microphone.open = () => Promise.resolve(fail('microphone_missing'))
    leg.order(talk)
    await settled()
    swaps[0]?.done()
    await settled()
    expect(facts.at(-1)).toEqual({ kind: 'failed', code: 'microphone_missing' })
    deps.microphone.open = open
    leg.microphoneReplaced()
    await settled()
    swaps[1]?.done()
    await settled()
    expect(facts.at(-1)).toEqual({ kind: 'recovered' })
  })

  it('that the server has lost is made anew after a moment, without waiting to notice', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    try {
      const { leg, facts } = start({ ...talk, microphone: false })
      await settled()
      leg.pushed({ kind: 'gone' })
      expect(facts).toEqual([{ kind: 'ready' }])
      vi.advanceTimersByTime(rebuildPauseMs)
      expect(facts).toEqual([{ kind: 'ready' }, { kind: 'rebuild' }])
    } finally {
      vi.useRealTimers()
    }
  })

  it('in a conference sends the mix, mutes only the person in it, and afterwards the microphone alone', async () => {
    const { leg, deps, microphones, swaps } = start({ ...talk, want: 'conference' })
    await settled()
    swaps[0]?.done()
    await settled()
    expect(swaps[0]?.track).toBe(deps.line.mix.mock.results[0]?.value)
    leg.order({ ...talk, want: 'conference', muted: true })
    const mine = microphones.find(({ readyState }) => readyState === 'live')
    expect([swaps[0]?.track.enabled, mine?.enabled]).toEqual([true, false])
    deps.line.leave.mockClear()
    leg.order(talk)
    await settled()
    swaps[1]?.done()
    await settled()
    expect(deps.line.leave).toHaveBeenCalledTimes(1)
    expect(swaps[0]?.track.readyState).toBe('ended')
    expect(swaps[1]?.track).toBe(microphones.at(-1))
    expect(living(microphones)).toBe(1)
    leg.close()
    expect(living(microphones)).toBe(0)
    expect(deps.line.close).toHaveBeenCalledTimes(1)
  })
})
