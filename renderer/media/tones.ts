// Plays the one tone that the state asks for, the ring on its own device. Which tone that is, main decides.
import type { Tone } from '../../common/snapshot.ts'
import { renderTone, toneShapes } from './tone-shapes.ts'

export type ToneRouting = { readonly speaker: string; readonly ringer: string; readonly ringVolume: number }

export type Tones = {
  readonly set: (tone: Tone) => void
  readonly route: (routing: ToneRouting) => void
  /** The ring for a moment, so that one can judge device and volume. */
  readonly test: () => void
  readonly close: () => void
}

const testMs = 2_500
/** Silent at once, let go later: to close an output takes the sound system's one thread, which an answer needs first. */
const closeAfterMs = 1_000

// Not yet in every DOM library; in Chrome since 110.
type RoutableContext = AudioContext & { setSinkId?: (id: string) => Promise<void> }

export const createTones = (initial: ToneRouting, onError: (error: unknown) => void): Tones => {
  let routing = initial
  let wanted: Tone = 'none'
  let playing: { readonly tone: Tone; readonly context: RoutableContext; readonly gain: GainNode } | undefined
  let testing: ReturnType<typeof setTimeout> | undefined

  const isRing = (tone: Tone) => tone === 'ringing' || tone === 'ringingSoftly'
  const outputOf = (tone: Tone) => (isRing(tone) ? routing.ringer : routing.speaker)
  const volumeOf = (tone: Tone) => (isRing(tone) ? routing.ringVolume : 1)

  const stop = () => {
    if (playing === undefined) return
    const { context, gain } = playing
    playing = undefined
    gain.disconnect()
    setTimeout(() => void context.close(), closeAfterMs)
  }

  const play = (tone: Exclude<Tone, 'none'>) => {
    const shape = toneShapes[tone]
    const context: RoutableContext = new AudioContext()
    const rendered = renderTone(shape, context.sampleRate)
    const buffer = context.createBuffer(1, rendered.length, context.sampleRate)
    buffer.copyToChannel(rendered, 0)
    const gain = context.createGain()
    gain.gain.value = volumeOf(tone)
    const source = context.createBufferSource()
    source.buffer = buffer
    source.loop = shape.loop
    source.connect(gain).connect(context.destination)
    playing = { tone, context, gain }
    const output = outputOf(tone)
    const routed =
      output === 'default' || context.setSinkId === undefined ? Promise.resolve() : context.setSinkId(output)
    // Sounds in any case: a ring on the wrong device is better than none.
    routed.catch(onError).finally(() => {
      source.start()
    })
  }

  const apply = () => {
    const tone = testing === undefined ? wanted : 'ringing'
    if (playing?.tone === tone) return
    stop()
    if (tone !== 'none') play(tone)
  }

  const endTest = () => {
    clearTimeout(testing)
    testing = undefined
    apply()
  }

  return {
    set: (tone) => {
      wanted = tone
      if (testing !== undefined && tone !== 'none') endTest()
      else apply()
    },
    route: (next) => {
      const moved =
        playing !== undefined && outputOf(playing.tone) !== (isRing(playing.tone) ? next.ringer : next.speaker)
      routing = next
      if (playing !== undefined) playing.gain.gain.value = volumeOf(playing.tone)
      if (!moved) return
      stop()
      apply()
    },
    test: () => {
      clearTimeout(testing)
      stop()
      testing = setTimeout(endTest, testMs)
      apply()
    },
    close: () => {
      clearTimeout(testing)
      stop()
    }
  }
}
