// WebRTC in Node for test phones: the page's globals, a tone as microphone, an ear that knows tones. Real media, no fakes.
import { createRequire } from 'node:module'
import type * as wrtcTypes from '@roamhq/wrtc'

type Wrtc = typeof wrtcTypes
export type AudioData = { readonly samples: Int16Array; readonly sampleRate: number; readonly channelCount?: number }

const load = (): Wrtc => createRequire(import.meta.url)('@roamhq/wrtc') as Wrtc

let endsWell = false

/** What mediasoup-client's handler for Chrome expects of a page. May be called more than once. */
export const installWrtc = (): Wrtc => {
  const wrtc = load()
  // Once an audio source was made, the library crashes while Node takes its environment apart; an exit skips that.
  if (!endsWell) process.once('beforeExit', () => process.exit())
  endsWell = true
  const { RTCPeerConnection, RTCSessionDescription, RTCIceCandidate, MediaStream, MediaStreamTrack } = wrtc
  Object.assign(globalThis, {
    RTCPeerConnection,
    RTCSessionDescription,
    RTCIceCandidate,
    MediaStream,
    MediaStreamTrack
  })
  return wrtc
}

const sampleRate = 48_000
const frameMs = 10
const frameSamples = (sampleRate * frameMs) / 1_000

/** A microphone that hears a sine tone, or silence while `hz` is null. */
export type ToneSource = {
  readonly track: MediaStreamTrack
  /** Another track of the same sound; whoever takes it stops it. */
  readonly newTrack: () => MediaStreamTrack
  /** Takes multiples of 100 Hz: a frame of 10 ms then holds whole waves, which is what an ear looks for. */
  readonly setTone: (hz: number | null) => void
  readonly stop: () => void
}

/** Whole waves of a tone, so that the same frame can be sent again and again. */
export const toneFrame = (hz: number | null): Int16Array => {
  const step = hz === null ? 0 : (2 * Math.PI * hz) / sampleRate
  return Int16Array.from({ length: frameSamples }, (_, i) => Math.round(16_000 * Math.sin(step * i)))
}

export const createToneSource = (firstHz: number | null = null): ToneSource => {
  let frame = toneFrame(firstHz)
  const source = createSource(() => frame)
  return {
    ...source,
    setTone: (hz) => {
      frame = toneFrame(hz)
    }
  }
}

/** A microphone that hears what it is given, frame by frame (10 ms, 480 samples). */
export const createSource = (frameAt: (n: number) => Int16Array): Omit<ToneSource, 'setTone'> => {
  const source = new (installWrtc().nonstandard.RTCAudioSource)()
  const track = source.createTrack()
  let sent = 0
  const startedAt = performance.now()
  const timer = setInterval(() => {
    // Timers are late now and then: what is due is sent, so that the far end's buffer never runs dry for long.
    const due = Math.floor((performance.now() - startedAt) / frameMs)
    if (due - sent > 10) sent = due - 10
    for (; sent < due; sent += 1) {
      source.onData({
        samples: frameAt(sent).slice(),
        sampleRate,
        bitsPerSample: 16,
        channelCount: 1,
        numberOfFrames: frameSamples
      })
    }
  }, frameMs)
  return {
    track,
    newTrack: () => source.createTrack(),
    stop: () => {
      clearInterval(timer)
      track.stop()
    }
  }
}

/** How much of the frame's energy lies at `hz` (0 to 1), and how loud the whole is (RMS, 0 to 1). */
export const analyseTone = ({ samples, sampleRate: rate, channelCount = 1 }: AudioData, hz: number) => {
  const count = Math.floor(samples.length / channelCount)
  const step = (2 * Math.PI * hz) / rate
  let re = 0
  let im = 0
  let energy = 0
  for (let i = 0; i < count; i += 1) {
    const value = (samples[i * channelCount] ?? 0) / 32_768
    re += value * Math.cos(step * i)
    im += value * Math.sin(step * i)
    energy += value * value
  }
  const purity = energy === 0 ? 0 : (2 * (re * re + im * im)) / (count * energy)
  return { purity, level: Math.sqrt(energy / Math.max(count, 1)) }
}

/** How loud a frame is: RMS, 0 to 1. */
const levelOf = ({ samples }: AudioData): number => {
  let energy = 0
  for (const sample of samples) energy += (sample / 32_768) ** 2
  return Math.sqrt(energy / Math.max(samples.length, 1))
}

/** Listens to a track. */
export type Ear = {
  /** Resolves at the third frame (10 ms each) in a row that is that tone; with the time of the first (performance.now). */
  readonly hears: (hz: number, withinMs?: number) => Promise<number>
  /** Resolves once nothing louder than a whisper was heard for 300 ms. */
  readonly hearsSilence: (withinMs?: number) => Promise<void>
  /** The loudest frame since the last look. */
  readonly takeLoudest: () => number
  /** Every frame of 10 ms as it is played. */
  readonly onFrame: (listener: (frame: AudioData) => void) => void
  readonly stop: () => void
}

const framesInARow = 3
const silentFrames = 30
const audible = 0.02

export const createEar = (track: MediaStreamTrack): Ear => {
  const sink = new (installWrtc().nonstandard.RTCAudioSink)(track)
  const listeners = new Set<(frame: AudioData) => void>()
  let loudest = 0
  Object.assign(sink, {
    ondata: (frame: AudioData) => {
      loudest = Math.max(loudest, levelOf(frame))
      for (const listener of [...listeners]) listener(frame)
    }
  })

  const waitFor = <T>(what: string, withinMs: number, look: (frame: AudioData) => T | null): Promise<T> =>
    new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        listeners.delete(listen)
      }
      const listen = (frame: AudioData): void => {
        const found = look(frame)
        if (found === null) return
        end()
        resolve(found)
      }
      const timer = setTimeout(() => {
        end()
        reject(new Error(`${what} was not heard within ${withinMs} ms`))
      }, withinMs)
      listeners.add(listen)
    })

  return {
    hears: (hz, withinMs = 15_000) => {
      let row = 0
      let since = 0
      return waitFor(`${hz} Hz`, withinMs, (frame) => {
        const { purity, level } = analyseTone(frame, hz)
        row = purity > 0.8 && level > audible ? row + 1 : 0
        if (row === 1) since = performance.now()
        return row === framesInARow ? since : null
      })
    },
    hearsSilence: async (withinMs = 15_000) => {
      let row = 0
      await waitFor('silence', withinMs, (frame) => {
        row = levelOf(frame) < audible ? row + 1 : 0
        return row === silentFrames ? true : null
      })
    },
    takeLoudest: () => {
      const value = loudest
      loudest = 0
      return value
    },
    onFrame: (listener) => {
      listeners.add(listener)
    },
    stop: () => sink.stop()
  }
}
