// The loudness of a track, read when somebody looks at a meter. Levels never leave the page.
import { createQuietContext } from './quiet-context.ts'

export type LevelMeter = {
  /** 0 (no sound at all) to 1 (full scale), root mean square of the last 20 ms or so, on a scale that suits the eye. */
  readonly read: (track: MediaStreamTrack | null) => number
  /** Frees what the readings needed. */
  readonly close: () => void
}

const floorDb = -60
/** Too little to be seen. */
const least = 0.001
/**
 * A microphone that is switched off gives nothing; the quietest room gives more than this (-84 dB). Below it is the noise
 * that the browser's echo canceller itself puts in where there is none: measured -104 to -87 dB.
 */
const nothingPower = 4e-9

/** `power` is the mean square of the samples. */
export const levelOf = (power: number): number =>
  power < nothingPower ? 0 : Math.min(1, Math.max(least, 1 - (10 * Math.log10(power)) / floorDb))

export const createLevelMeter = (): LevelMeter => {
  let context: AudioContext | undefined
  let tapped: { track: MediaStreamTrack; source: MediaStreamAudioSourceNode; analyser: AnalyserNode } | undefined
  const samples = new Float32Array(1024)

  const untap = () => {
    tapped?.source.disconnect()
    tapped = undefined
  }

  const tap = (track: MediaStreamTrack) => {
    context ??= createQuietContext()
    const source = context.createMediaStreamSource(new MediaStream([track]))
    const analyser = context.createAnalyser()
    analyser.fftSize = samples.length
    source.connect(analyser)
    return { track, source, analyser }
  }

  return {
    read: (track) => {
      if (track === null || track.readyState !== 'live' || !track.enabled) {
        untap()
        return 0
      }
      if (tapped?.track !== track) {
        untap()
        tapped = tap(track)
      }
      tapped.analyser.getFloatTimeDomainData(samples)
      return levelOf(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
    },
    close: () => {
      untap()
      void context?.close()
      context = undefined
    }
  }
}
