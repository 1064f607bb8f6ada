// A fake media engine, with its probe for checks of calls, and fake headsets: devices as they might be, a line as good as is
// wanted, and no sound. For the gallery and for component tests.
import { ok } from '../../../common/result.ts'
import type { MediaProbe } from '../../../renderer/preflight/ports.ts'
import type { Headset, HeadsetPort } from '../../../renderer/state/headset-port.ts'
import type { LineQuality, MediaEngine } from '../../../renderer/state/media-port.ts'
import { lines, looksUntil } from './lines.ts'

/** Hears its own speaker, and no talk. */
export const fakeProbe: MediaProbe = {
  use: () => undefined,
  offer: () => null,
  look: async () => null,
  relay: async () => 'none',
  hearBack: async (how) => ok({ heard: how === 'raw', overDb: how === 'raw' ? 30 : 0 }),
  microphone: () => 'Jabra Evolve2 65'
}

export type FakeMedia = MediaEngine & {
  /** The line is as good as this from now on. */
  readonly hear: (quality: LineQuality) => void
}

export const createFakeMedia = (
  first: LineQuality = lines.unknown,
  { probe = fakeProbe, voice = 0.42 }: { readonly probe?: MediaProbe; readonly voice?: number } = {}
): FakeMedia => {
  let quality = first
  const listeners = new Set<(quality: LineQuality) => void>()
  return {
    start: () => undefined,
    stop: () => undefined,
    follow: () => undefined,
    devices: () => ({
      microphones: [
        { id: 'mic-1', label: 'Built-in Audio Analog Stereo' },
        { id: 'mic-2', label: 'Jabra Evolve2 65' }
      ],
      speakers: [
        { id: 'out-1', label: 'Built-in Audio Analog Stereo' },
        { id: 'out-2', label: '' }
      ]
    }),
    onDevices: () => () => undefined,
    level: (which) => (which === 'mine' ? voice : 0.55),
    onQuality: (listener) => {
      listeners.add(listener)
      listener(quality)
      return () => {
        listeners.delete(listener)
      }
    },
    onLooks: (listener) => {
      // As if the talk had been looked at for two minutes.
      for (const look of looksUntil(quality)) listener([look])
      return () => undefined
    },
    hear: (next) => {
      quality = next
      for (const listener of [...listeners]) listener(next)
    },
    onDeviceChange: () => () => undefined,
    testRing: () => undefined,
    testSpeaker: () => undefined,
    microphoneTry: { open: async () => ok({}), repeat: () => new Promise(() => undefined), close: () => undefined },
    probe: async () => probe,
    playDigits: () => undefined
  }
}

export const createFakeHeadsets = (list: readonly Headset[] = []): HeadsetPort => ({
  isThere: true,
  list: () => list,
  onChanged: () => () => undefined,
  connect: async () => false,
  forget: async () => undefined,
  follow: () => undefined,
  start: () => () => undefined
})
