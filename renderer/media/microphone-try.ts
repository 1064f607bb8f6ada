// The microphone tried outside a call: open for a meter as long as somebody looks, and a few seconds of it repeated on the
// speaker. Opens no device by itself; how it is repeated is fetched with the first try.
//
//   closed ──open──▶ open ──repeat──▶ recording ──▶ playing ──▶ open        any ── close ──▶ closed
import { fail, ok, type Result } from '../../common/result.ts'
import type { Microphone } from './microphone.ts'

export type RepeatStep = 'recording' | 'playing'
type Done = Result<Record<never, never>>

export type MicrophoneTry = {
  readonly isOpen: () => boolean
  /** Fails where there is no microphone, or it may not be used. */
  readonly open: () => Promise<Done>
  /** The microphone is another one now. */
  readonly renew: () => void
  /** Records a few seconds and plays them. `cancelled` where it was closed meanwhile. */
  readonly repeat: (onStep: (step: RepeatStep) => void) => Promise<Done>
  readonly close: () => void
}

export type MicrophoneTryDeps = {
  readonly open: Microphone['open']
  /** It is no longer needed for this. */
  readonly release: () => void
  /** The device id to play on. */
  readonly speaker: () => string
  readonly onError: (error: unknown) => void
}

export const createMicrophoneTry = ({ open, release, speaker, onError }: MicrophoneTryDeps): MicrophoneTry => {
  let track: MediaStreamTrack | undefined
  let trying: AbortController | undefined

  const take = async (signal: AbortSignal): Promise<Done> => {
    const opened = await open()
    if (!opened.ok) return opened
    if (signal.aborted) {
      opened.value.stop()
      return fail('cancelled')
    }
    track?.stop()
    track = opened.value
    return ok({})
  }

  const close = () => {
    if (trying === undefined) return
    trying.abort()
    trying = undefined
    track?.stop()
    track = undefined
    release()
  }

  return {
    isOpen: () => trying !== undefined,
    open: async () => {
      trying ??= new AbortController()
      const opened = await take(trying.signal)
      if (!opened.ok && track === undefined) close()
      return opened
    },
    renew: () => {
      if (trying !== undefined) take(trying.signal).catch(onError)
    },
    repeat: async (onStep) => {
      const signal = trying?.signal
      try {
        const { play, record } = await import('./repeat.ts')
        const isOver = () => signal?.aborted ?? true
        if (track === undefined || signal === undefined || isOver()) return fail('cancelled')
        onStep('recording')
        const sound = await record(track, signal)
        if (isOver()) return fail('cancelled')
        onStep('playing')
        await play(sound, speaker(), signal)
        return isOver() ? fail('cancelled') : ok({})
      } catch (error) {
        onError(error)
        return fail('media_failed')
      }
    },
    close
  }
}
