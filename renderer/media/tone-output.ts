// Where tones come out: a device is opened for the first of them, shared by those that follow on it, and let go when all
// is quiet. Which tone sounds is tones.ts's.
import { renderTone, type ToneShape } from './tone-shapes.ts'

/** What sounds, on which device (an id, or `default`) and how loud (0 to 1). */
export type Sound = { readonly shape: ToneShape; readonly output: string; readonly volume: number }

export type ToneOutput = {
  /** From its beginning, in place of what sounds. */
  readonly play: (sound: Sound) => void
  /** Of what sounds, 0 to 1. */
  readonly setVolume: (volume: number) => void
  readonly stop: () => void
}

/** Silent at once, let go later: to close an output takes the sound system's one thread, which an answer needs first. */
const closeAfterMs = 1_000

// Not yet in every DOM library; in Chrome since 110.
type RoutableContext = AudioContext & { setSinkId?: (id: string) => Promise<void> }

/** An open device; `closing` while all has been quiet on it. Null where it sounds elsewhere than was asked. */
type Line = {
  readonly context: RoutableContext
  output: string | null
  readonly there: Promise<void>
  closing: ReturnType<typeof setTimeout> | undefined
}

export const createToneOutput = (onError: (error: unknown) => void): ToneOutput => {
  /** To make them holds the window up for longer than to keep them is worth. */
  const buffers = new Map<ToneShape, AudioBuffer>()
  let line: Line | undefined
  let playing: { readonly source: AudioBufferSourceNode; readonly gain: GainNode; isStarted: boolean } | undefined

  const bufferOf = (shape: ToneShape, context: AudioContext): AudioBuffer => {
    const known = buffers.get(shape)
    if (known?.sampleRate === context.sampleRate) return known
    const rendered = renderTone(shape, context.sampleRate)
    const made = context.createBuffer(1, rendered.length, context.sampleRate)
    made.copyToChannel(rendered, 0)
    buffers.set(shape, made)
    return made
  }

  const open = (output: string): Line => {
    const context: RoutableContext = new AudioContext()
    const made: Line = {
      context,
      output,
      // Sounds in any case: a ring on the wrong device is better than none. The next tone tries the right one again.
      there: (output === 'default' ? Promise.resolve() : (context.setSinkId?.(output) ?? Promise.resolve())).catch(
        (error: unknown) => {
          made.output = null
          onError(error)
        }
      ),
      closing: undefined
    }
    return made
  }

  const hush = () => {
    if (playing?.isStarted === true) playing.source.stop()
    playing = undefined
  }

  const letGo = (old: Line) => {
    old.closing ??= setTimeout(() => {
      if (line === old) line = undefined
      void old.context.close()
    }, closeAfterMs)
  }

  const lineTo = (output: string): Line => {
    if (line?.output === output) {
      clearTimeout(line.closing)
      line.closing = undefined
      return line
    }
    if (line !== undefined) letGo(line)
    line = open(output)
    return line
  }

  return {
    play: ({ shape, output, volume }) => {
      hush()
      const { context, there } = lineTo(output)
      const gain = context.createGain()
      gain.gain.value = volume
      const source = context.createBufferSource()
      source.buffer = bufferOf(shape, context)
      source.loop = shape.loop
      source.connect(gain).connect(context.destination)
      const mine = { source, gain, isStarted: false }
      playing = mine
      void there.then(() => {
        if (playing !== mine) return
        mine.isStarted = true
        source.start()
      })
    },
    setVolume: (volume) => {
      if (playing !== undefined) playing.gain.gain.value = volume
    },
    stop: () => {
      hush()
      if (line !== undefined) letGo(line)
    }
  }
}
