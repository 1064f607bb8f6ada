// The engine with fake devices: what is chosen is used whenever it is there, whether or not a call looks at the devices.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defaultSettings } from '../../../../common/protocol/settings.ts'
import { ok } from '../../../../common/result.ts'
import type { Tone } from '../../../../common/snapshot.ts'
import { createMediaEngine } from '../../../../renderer/media/engine.ts'
import type { MediaOrder } from '../../../../common/ipc.ts'
import type { MediaBridge } from '../../../../renderer/media/legs.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))
const settings = { ...defaultSettings, ringer: 'headset' }
const snapshot = (tone: Tone) => ({ settings, tone, link: { state: 'joined' } as const })

let sinks: string[] = []
let present: string[] = []
let devices = new EventTarget()

class FakeContext {
  readonly sampleRate = 8_000
  readonly destination = {}
  readonly createBuffer = () => ({ copyToChannel: () => undefined })
  readonly createGain = () => ({ gain: {}, connect: () => undefined, disconnect: () => undefined })
  readonly createBufferSource = () => ({
    connect: (to: unknown) => to,
    start: () => undefined,
    stop: () => undefined
  })
  readonly close = () => Promise.resolve()
  readonly setSinkId = (id: string) => {
    sinks.push(id)
    return Promise.resolve()
  }
}

const order: MediaOrder = { session: 's1', epoch: 1, want: 'prepare', microphone: false, muted: false }
/** Main's orders, which a test gives. */
let give: (orders: readonly MediaOrder[]) => void

const engine = (initial = snapshot('none')) => {
  const bridge = {
    onMediaOrders: (listener: typeof give) => {
      give = listener
      return () => undefined
    },
    mediaRequest: () => new Promise(() => undefined),
    mediaCancel: () => Promise.resolve(ok({})),
    mediaFact: () => Promise.resolve(ok({})),
    onMediaPushed: () => () => undefined,
    mediaAttach: () => Promise.resolve(ok({ orders: [] }))
  }
  return createMediaEngine({
    bridge: bridge as unknown as MediaBridge,
    initial,
    onError: (error) => {
      throw error
    }
  })
}

const plug = async (...ids: string[]) => {
  present = ids
  devices.dispatchEvent(new Event('devicechange'))
  await settled()
}

/** Who went and came back is used again by now. */
const later = async () => {
  await vi.advanceTimersByTimeAsync(6_000)
  await settled()
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] })
  sinks = []
  present = []
  devices = Object.assign(new EventTarget(), {
    enumerateDevices: () =>
      Promise.resolve(present.map((deviceId) => ({ kind: 'audiooutput', deviceId, label: deviceId })))
  })
  vi.stubGlobal('navigator', { mediaDevices: devices })
  vi.stubGlobal('AudioContext', FakeContext)
  vi.stubGlobal('requestIdleCallback', vi.fn())
})

afterEach(() => {
  vi.useRealTimers()
})

describe('the devices', () => {
  it('are not asked for while the defaults are used and nobody looks: to ask starts the audio process', async () => {
    const asked = vi.spyOn(navigator.mediaDevices, 'enumerateDevices')
    const byDefault = { ...snapshot('none'), settings: defaultSettings }
    const media = engine(byDefault)
    media.start()
    await plug('headset')
    expect(asked).not.toHaveBeenCalled()
    media.follow(snapshot('none'))
    await settled()
    expect(asked).toHaveBeenCalled()
    media.stop()
  })

  it('are asked for again and again in a call, but not in its first moments, which have enough to do', async () => {
    const asked = vi.spyOn(navigator.mediaDevices, 'enumerateDevices')
    const media = engine({ ...snapshot('none'), settings: defaultSettings })
    media.start()
    await settled()
    give([order])
    await vi.advanceTimersByTimeAsync(2_900)
    expect(asked).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(100)
    expect(asked).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked).toHaveBeenCalledTimes(2)
    give([])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toHaveBeenCalledTimes(2)
    give([order])
    await vi.advanceTimersByTimeAsync(1_000)
    give([])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked, 'the call was over before').toHaveBeenCalledTimes(2)
    media.stop()
  })
})

describe('a chosen device', () => {
  const told = (media: ReturnType<typeof engine>) => {
    const changes: unknown[] = []
    media.onDeviceChange((change) => changes.push(change))
    return changes
  }

  it('that goes or comes back is told, once what is used has followed', async () => {
    const media = engine()
    const changes = told(media)
    media.start()
    await plug('headset')
    expect(changes, 'as it was when it began').toEqual([])
    media.follow(snapshot('ringing'))
    await plug('speaker')
    expect(changes).toEqual([{ lost: ['headset'], back: [] }])
    await plug('speaker', 'headset')
    expect(changes, 'a plug that wobbles makes no back and forth').toHaveLength(1)
    await later()
    expect(changes.at(-1)).toEqual({ lost: [], back: ['headset'] })
    expect(sinks).toEqual(['headset', 'headset'])
    media.stop()
  })

  it('is known by its name where its id is another one', async () => {
    const named = { ...snapshot('none'), settings: { ...settings, ringer: 'of before', ringerLabel: 'headset' } }
    const media = engine(named)
    media.start()
    await plug('headset')
    media.follow({ ...named, tone: 'ringing' })
    expect(sinks).toEqual(['headset'])
    media.stop()
  })
})

describe('the ringer', () => {
  it('that comes back between calls rings for the next one', async () => {
    const media = engine()
    media.start()
    await plug('headset')
    await plug('speaker')
    media.follow(snapshot('ringing'))
    expect(sinks).toEqual([])
    media.follow(snapshot('none'))
    await plug('headset', 'speaker')
    await later()
    media.follow(snapshot('ringing'))
    expect(sinks).toEqual(['headset'])
    media.stop()
  })

  it('moves while it rings', async () => {
    const media = engine()
    media.start()
    await plug('headset')
    media.follow(snapshot('ringing'))
    await plug('speaker')
    await plug('headset')
    await later()
    expect(sinks).toEqual(['headset', 'headset'])
    media.stop()
  })
})
