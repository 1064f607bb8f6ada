// The real microphone: opened when somebody wants it, shared by all legs, closed when nobody does. Decides nothing about calls.
import type { ErrorCode } from '../../common/errors.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { Settings } from '../../common/types.ts'

export type MicrophoneSettings = Pick<Settings, 'microphone' | 'echoCancellation' | 'noiseSuppression' | 'autoGain'>

export type Microphone = {
  /** Opens the device if needed and gives a track of one's own (stop it to let go). */
  readonly open: () => Promise<Result<MediaStreamTrack>>
  /** Lets go of the device once no track of it is in use. */
  readonly release: () => void
  /** The settings or the devices changed: `onReplaced` is told if another source must, or now may, be used. */
  readonly configure: (settings: MicrophoneSettings) => void
  /** The source that is open now, for level meters. */
  readonly current: () => MediaStreamTrack | null
}

type Source = { readonly key: string; readonly track: MediaStreamTrack }

const codeOf = (error: unknown): ErrorCode => {
  if (!(error instanceof DOMException)) return 'microphone_missing'
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'microphone_denied'
    case 'NotReadableError':
    case 'AbortError':
      return 'microphone_busy'
    default:
      return 'microphone_missing'
  }
}

const constraintsOf = (settings: MicrophoneSettings): MediaTrackConstraints => ({
  echoCancellation: settings.echoCancellation,
  noiseSuppression: settings.noiseSuppression,
  autoGainControl: settings.autoGain,
  channelCount: 1,
  ...(settings.microphone === 'default' ? {} : { deviceId: { exact: settings.microphone } })
})

/** Whether it is processed as was asked; what the browser says nothing of is taken to be. */
const isAsAsked = (track: MediaStreamTrack, settings: MicrophoneSettings): boolean => {
  const got = track.getSettings()
  const { echoCancellation, noiseSuppression, autoGain } = settings
  return (
    (got.echoCancellation ?? echoCancellation) === echoCancellation &&
    (got.noiseSuppression ?? noiseSuppression) === noiseSuppression &&
    (got.autoGainControl ?? autoGain) === autoGain
  )
}

/** `onReplaced` is told when legs must ask for a new track (other device, other processing, device gone or there again). */
export const createMicrophone = (initial: MicrophoneSettings, onReplaced: () => void): Microphone => {
  let settings = initial
  let opening: { readonly key: string; readonly source: Promise<Source> } | undefined
  let source: Source | undefined
  /** What others hold of it. */
  let given: readonly MediaStreamTrack[] = []
  // The last opening failed: another device may be there by now.
  let isWanting = false

  const keyOf = (value: MicrophoneSettings) => JSON.stringify(constraintsOf(value))

  const acquire = async (wanted: MicrophoneSettings): Promise<Source> => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: constraintsOf(wanted) })
    const track = stream.getAudioTracks()[0]
    if (track === undefined) throw new DOMException('no track', 'NotFoundError')
    return { key: keyOf(wanted), track }
  }

  const letGo = () => {
    source?.track.removeEventListener('ended', onReplaced)
    source?.track.stop()
    source = undefined
  }

  /** Besides what is open already, so that nothing is missed, if the browser does not just give the same once more. */
  const open = async (wanted: MicrophoneSettings): Promise<Source> => {
    const opened = await acquire(wanted)
    if (source === undefined || isAsAsked(opened.track, wanted)) return opened
    opened.track.stop()
    letGo()
    for (const track of given) track.stop()
    return acquire(wanted)
  }

  const obtain = (): Promise<Source> => {
    const key = keyOf(settings)
    if (source?.key === key && source.track.readyState === 'live') return Promise.resolve(source)
    if (opening?.key === key) return opening.source
    const made = open(settings).catch((error: unknown) => {
      // The chosen device may be away: any microphone is better than none.
      if (settings.microphone === 'default' || codeOf(error) !== 'microphone_missing') throw error
      return open({ ...settings, microphone: 'default' })
    })
    const settled: Promise<Source> = made.then((opened) => {
      if (opening?.source !== settled) {
        // All let go while it opened, or other settings are in force by now.
        opened.track.stop()
        if (opening !== undefined) return opening.source
        if (source !== undefined) return source
        throw new DOMException('let go while it opened', 'AbortError')
      }
      opening = undefined
      letGo()
      source = { key, track: opened.track }
      opened.track.addEventListener('ended', onReplaced, { once: true })
      return source
    })
    opening = { key, source: settled }
    settled.catch(() => {
      if (opening?.source === settled) opening = undefined
    })
    return settled
  }

  return {
    open: async () => {
      try {
        const { track } = await obtain()
        isWanting = false
        const own = track.clone()
        given = [...given.filter(({ readyState }) => readyState === 'live'), own]
        return ok(own)
      } catch (error) {
        isWanting = true
        return fail(codeOf(error), error instanceof Error ? error.name : String(error))
      }
    },
    release: () => {
      opening = undefined
      isWanting = false
      letGo()
    },
    configure: (next) => {
      const changed = keyOf(next) !== keyOf(settings)
      settings = next
      const isUsed = source !== undefined || opening !== undefined
      if (isWanting || (changed && isUsed)) onReplaced()
    },
    current: () => source?.track ?? null
  }
}
