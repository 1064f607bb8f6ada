// The tones with fake outputs: each sounds with its state alone, on the device and as loud as it should, also when tried.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Tone } from '../../../../common/snapshot.ts'
import { renderTone, ringShapes, speakerTest, toneShapes } from '../../../../renderer/media/tone-shapes.ts'
import { createTones, type ToneRouting } from '../../../../renderer/media/tones.ts'

const rate = 4_000
/** What sounds, known by its length in samples. */
const names = new Map<number, string[]>()
for (const [name, shape] of Object.entries({ ...toneShapes, ...ringShapes, speakerTest })) {
  const { length } = renderTone(shape, rate)
  names.set(length, [...(names.get(length) ?? []), name])
}

class FakeSource {
  buffer: { readonly length: number } | null = null
  gain = new FakeGain()
  isSounding = false
  readonly connect = (gain: FakeGain) => {
    this.gain = gain
    return gain
  }
  readonly start = () => {
    this.isSounding = true
  }
  readonly stop = () => {
    if (!this.isSounding) throw new DOMException('it was never started', 'InvalidStateError')
    this.isSounding = false
  }
}

class FakeGain {
  readonly gain = { value: 1 }
  readonly connect = () => undefined
}

class FakeContext {
  readonly sampleRate = rate
  readonly destination = {}
  readonly sources: FakeSource[] = []
  sink = ''
  isOpen = true
  readonly createBuffer = (_channels: number, length: number, sampleRate: number) => {
    rendered.push(length)
    return { length, sampleRate, copyToChannel: () => undefined }
  }
  readonly createGain = () => new FakeGain()
  readonly createBufferSource = () => {
    const source = new FakeSource()
    this.sources.push(source)
    return source
  }
  readonly close = () => {
    this.isOpen = false
    return Promise.resolve()
  }
  readonly setSinkId = (id: string) => {
    if (id === 'gone') return Promise.reject(new DOMException('gone', 'NotFoundError'))
    this.sink = id
    return Promise.resolve()
  }
}

let contexts: FakeContext[] = []
/** What had to be made, by its length. */
let rendered: number[] = []
const routing: ToneRouting = { speaker: 'headset', ringer: 'bell', ringVolume: 0.6, ringtone: 'santur' }
const settled = () => vi.advanceTimersByTimeAsync(0)
/** What is to be heard now: which tone, where, how loud. */
const heard = async () => {
  await settled()
  return contexts.flatMap(({ sources, sink }) =>
    sources
      .filter(({ isSounding }) => isSounding)
      .map(({ buffer, gain }) => [names.get(buffer?.length ?? 0)?.join('|'), sink, gain.gain.value])
  )
}
const errors = vi.fn()
const make = (how: Partial<ToneRouting> = {}) => createTones({ ...routing, ...how }, errors)

beforeEach(() => {
  contexts = []
  rendered = []
  errors.mockClear()
  vi.useFakeTimers()
  vi.stubGlobal(
    'AudioContext',
    class extends FakeContext {
      constructor() {
        super()
        contexts.push(this)
      }
    }
  )
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a tone', () => {
  it('sounds with its state and no longer, the ring on its own device at its own volume', async () => {
    const tones = make()
    const sounding: unknown[] = []
    for (const tone of ['ringing', 'trying', 'ringback', 'busy', 'reconnecting', 'ended', 'none'] as const) {
      tones.set(tone, false)
      sounding.push(await heard())
    }
    expect(sounding).toEqual([
      [['santur', 'bell', 0.6]],
      [['trying', 'headset', 1]],
      [['ringback', 'headset', 1]],
      [['busy', 'headset', 1]],
      [['reconnecting', 'headset', 1]],
      [['ended', 'headset', 1]],
      []
    ])
  })

  it('goes on through what has nothing to do with it', async () => {
    const tones = make()
    tones.set('ringing', false)
    tones.set('ringing', false)
    tones.route({ ...routing, speaker: 'default' })
    expect(await heard()).toHaveLength(1)
    expect(contexts).toHaveLength(1)
  })

  it('is as loud as the slider says, at once', async () => {
    const tones = make()
    tones.set('ringing', false)
    tones.route({ ...routing, ringVolume: 0.2 })
    expect(await heard()).toEqual([['santur', 'bell', 0.2]])
    expect(contexts).toHaveLength(1)
  })

  it('moves where its device went or another is chosen, and sounds somewhere in any case', async () => {
    const tones = make()
    tones.set('ringing', false)
    tones.route({ ...routing, ringer: 'default' })
    expect(await heard()).toEqual([['santur', '', 0.6]])
    tones.route({ ...routing, ringer: 'gone' })
    expect(await heard()).toEqual([['santur', '', 0.6]])
    expect(errors).toHaveBeenCalledOnce()
  })
})

describe('a device', () => {
  it('is opened once for tones that follow one another, and let go a second after the last', async () => {
    const tones = make()
    for (const tone of ['trying', 'ringback', 'none', 'ended'] as const) {
      tones.set(tone, false)
      await settled()
    }
    tones.set('none', false)
    await vi.advanceTimersByTimeAsync(500)
    tones.set('ended', false)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(contexts.map(({ isOpen }) => isOpen)).toEqual([true])
    tones.set('none', false)
    await vi.advanceTimersByTimeAsync(999)
    expect(contexts[0]?.isOpen).toBe(true)
    await vi.advanceTimersByTimeAsync(1)
    expect(contexts[0]?.isOpen).toBe(false)
    tones.set('trying', false)
    expect(await heard()).toEqual([['trying', 'headset', 1]])
    expect(contexts).toHaveLength(2)
  })

  it('is let go when the next tone sounds on another', async () => {
    const tones = make()
    tones.set('ringing', false)
    tones.set('ringback', false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(contexts.map(({ sink, isOpen }) => [sink, isOpen])).toEqual([
      ['bell', false],
      ['headset', true]
    ])
    expect(await heard()).toEqual([['ringback', 'headset', 1]])
  })

  it('that was not there is tried anew with the next tone', async () => {
    const tones = make({ speaker: 'gone' })
    tones.set('trying', false)
    expect(await heard()).toEqual([['trying', '', 1]])
    tones.set('ringback', false)
    expect(await heard()).toEqual([['ringback', '', 1]])
    expect(errors).toHaveBeenCalledTimes(2)
    tones.set('none', false)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(contexts.map(({ isOpen }) => isOpen)).toEqual([false, false])
  })

  it('plays nothing that was over before it was there', async () => {
    const tones = make()
    tones.set('ringing', false)
    tones.set('none', false)
    expect(await heard()).toEqual([])
  })
})

it('a tone is made once, however often it sounds', async () => {
  const tones = make()
  for (const tone of ['ringing', 'none', 'ringing', 'none', 'ringing'] as const) {
    tones.set(tone, false)
    await vi.advanceTimersByTimeAsync(1_500)
  }
  expect(contexts).toHaveLength(3)
  expect(rendered).toHaveLength(1)
})

describe('who is called', () => {
  it('while they talk hears it softly in their ear, whatever the ring is', async () => {
    const tones = make({ ringtone: 'silent', ringVolume: 0 })
    tones.set('ringingSoftly', true)
    expect(await heard()).toEqual([['ringingSoftly|telephone', 'headset', 1]])
  })

  it('while they talk elsewhere hears it softly where it rings', async () => {
    const tones = make()
    tones.set('ringingSoftly', false)
    expect(await heard()).toEqual([['ringingSoftly|telephone', 'bell', 0.6]])
  })

  it.each<Tone>(['ringing', 'ringingSoftly'])('hears nothing of %s who wants no ring', async (tone) => {
    const tones = make({ ringtone: 'silent' })
    tones.set(tone, false)
    expect(await heard()).toEqual([])
  })
})

describe('trying', () => {
  it('a ringtone plays it as it would ring, for a moment', async () => {
    const tones = make()
    tones.testRing('marimba')
    expect(await heard()).toEqual([['marimba', 'bell', 0.6]])
    // What was chosen comes back from main.
    tones.route({ ...routing, ringtone: 'marimba' })
    expect(await heard()).toHaveLength(1)
    expect(contexts).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await heard()).toEqual([])
  })

  it('none plays nothing', async () => {
    const tones = make()
    tones.testRing('bells')
    tones.testRing('silent')
    expect(await heard()).toEqual([])
  })

  it('begins anew each time, one at a time', async () => {
    const tones = make()
    tones.testRing('bells')
    tones.testSpeaker()
    tones.testSpeaker()
    expect(await heard()).toEqual([['speakerTest', 'headset', 1]])
    expect(contexts.map(({ sources }) => sources.length)).toEqual([1, 2])
  })

  it('gives way to a call, and does not come back after it', async () => {
    const tones = make()
    tones.testRing('bells')
    tones.set('ringback', true)
    expect(await heard()).toEqual([['ringback', 'headset', 1]])
    tones.set('none', true)
    expect(await heard()).toEqual([])
  })
})
