// The parts of the engine that only a check of calls uses: media by one way alone, how it is connected, and the speaker
// heard by the microphone. Fetched with the first check.
import { fail, ok } from '../../common/result.ts'
import type { MediaProbe } from '../preflight/ports.ts'
import { listenWhilePlaying } from './hear-back.ts'
import { pathOf } from './line-path.ts'
import type { Leg } from './leg.ts'
import type { MediaPaths } from './media-paths.ts'
import type { Microphone } from './microphone.ts'
import { tryRelay } from './relay-try.ts'

export type ProbeDeps = {
  readonly paths: MediaPaths
  readonly talking: () => readonly Leg[]
  readonly microphone: Pick<Microphone, 'open' | 'current'>
  /** It is no longer needed for this. */
  readonly release: () => void
  /** The device id of the microphone of calls. */
  readonly input: () => string
  readonly testSpeaker: () => void
  readonly onError: (error: unknown) => void
}

/** The microphone as it is, beside what calls make of it. */
const openRaw = async (deviceId: string): Promise<MediaStreamTrack | undefined> => {
  const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 }
  const audio = deviceId === 'default' ? raw : { ...raw, deviceId: { exact: deviceId } }
  return (await navigator.mediaDevices.getUserMedia({ audio })).getAudioTracks()[0]
}

export const createProbe = (deps: ProbeDeps): MediaProbe => {
  const { paths, microphone, release, onError } = deps

  const openTrack = async (how: 'raw' | 'processed'): Promise<MediaStreamTrack | undefined> => {
    if (how === 'raw') return openRaw(deps.input())
    const opened = await microphone.open()
    return opened.ok ? opened.value : undefined
  }

  return {
    use: paths.use,
    offer: () => paths.making()?.offer ?? null,
    look: async () => {
      const making = paths.making()
      const leg = deps.talking().find(({ epoch }) => epoch === making?.epoch)
      return leg === undefined ? null : pathOf(await leg.stats())
    },
    relay: async (signal) => {
      const servers = (paths.making()?.iceServers ?? []) as RTCIceServer[]
      return servers.length === 0 ? 'none' : tryRelay(servers, signal)
    },
    hearBack: async (how, signal) => {
      try {
        const track = await openTrack(how)
        if (track === undefined) return fail('microphone_missing')
        try {
          return ok(await listenWhilePlaying(track, deps.testSpeaker, how === 'raw' ? 1 : 2, signal))
        } finally {
          track.stop()
          if (how === 'processed') release()
        }
      } catch (error) {
        onError(error)
        return fail('media_failed')
      }
    },
    microphone: () => microphone.current()?.label ?? null
  }
}
