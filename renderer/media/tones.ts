// Plays the one tone that the state asks for, the ring on its own device. Which tone that is, main decides. For a moment
// also what somebody tries: a ringtone, or the speaker.
import type { Ringtone } from '../../common/ringtones.ts'
import type { Tone } from '../../common/snapshot.ts'
import { createToneOutput, type Sound } from './tone-output.ts'
import { ringShapes, speakerTest, toneShapes, type ToneShape } from './tone-shapes.ts'

/** Device ids, and how the ring sounds; `ringVolume` is 0 to 1. */
export type ToneRouting = {
  readonly speaker: string
  readonly ringer: string
  readonly ringVolume: number
  readonly ringtone: Ringtone
}

export type Tones = {
  /** `talking`: a call has microphone and speaker here. Its person is called on the speaker, for no room to hear. */
  readonly set: (tone: Tone, talking: boolean) => void
  readonly route: (routing: ToneRouting) => void
  /** Plays a ringtone for a moment as it would ring, so that one can judge device and volume. */
  readonly testRing: (ringtone: Ringtone) => void
  readonly testSpeaker: () => void
  readonly close: () => void
}

const testMs = 2_500
type Test = { readonly kind: 'ring'; readonly ringtone: Ringtone } | { readonly kind: 'speaker' }

export const createTones = (initial: ToneRouting, onError: (error: unknown) => void): Tones => {
  let routing = initial
  let wanted: { readonly tone: Tone; readonly talking: boolean } = { tone: 'none', talking: false }
  const output = createToneOutput(onError)
  let playing: Sound | undefined
  let test: Test | undefined
  let testing: ReturnType<typeof setTimeout> | undefined

  const onRinger = (shape: ToneShape): Sound => ({ shape, output: routing.ringer, volume: routing.ringVolume })
  const onSpeaker = (shape: ToneShape): Sound => ({ shape, output: routing.speaker, volume: 1 })
  const ring = (ringtone: Ringtone): Sound | null => (ringtone === 'silent' ? null : onRinger(ringShapes[ringtone]))

  const soundOf = (): Sound | null => {
    if (test !== undefined) return test.kind === 'ring' ? ring(test.ringtone) : onSpeaker(speakerTest)
    const { tone, talking } = wanted
    if (tone === 'none') return null
    if (tone === 'ringing') return ring(routing.ringtone)
    if (tone === 'ringingSoftly' && !talking) {
      return routing.ringtone === 'silent' ? null : onRinger(toneShapes.ringingSoftly)
    }
    return onSpeaker(toneShapes[tone])
  }

  const stop = () => {
    playing = undefined
    output.stop()
  }

  const apply = () => {
    const sound = soundOf()
    const isOn = sound !== null && sound.shape === playing?.shape && sound.output === playing.output
    if (sound === null) stop()
    else if (isOn) output.setVolume(sound.volume)
    else output.play(sound)
    playing = sound ?? undefined
  }

  const endTest = () => {
    clearTimeout(testing)
    test = undefined
    apply()
  }

  const begin = (next: Test) => {
    clearTimeout(testing)
    // From its beginning, however often it is asked for.
    stop()
    test = next
    testing = setTimeout(endTest, testMs)
    apply()
  }

  return {
    set: (tone, talking) => {
      wanted = { tone, talking }
      if (test !== undefined && tone !== 'none') endTest()
      else apply()
    },
    route: (next) => {
      routing = next
      apply()
    },
    testRing: (ringtone) => begin({ kind: 'ring', ringtone }),
    testSpeaker: () => begin({ kind: 'speaker' }),
    close: () => {
      clearTimeout(testing)
      stop()
    }
  }
}
