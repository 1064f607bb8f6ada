// Plays the tones of pressed keys on the speaker, one after the other. Nothing of it goes to the other side: they play
// their own.
import { digitShape } from './digit-tones.ts'
import { renderTone } from './tone-shapes.ts'

export type Digits = {
  /** Sounds after what is sounding already. */
  readonly play: (digits: string) => void
  /** Device id, 'default' for the system's: from the next key that is pressed after a silence on. */
  readonly route: (speaker: string) => void
  readonly close: () => void
}

/** Who presses one key presses another: the output stays open for a moment. */
const closeAfterMs = 2_000
/** More than this is not waited for: a flood of keys from the other side may not sound for minutes. */
const longestMs = 6_000

// Not yet in every DOM library; in Chrome since 110.
type RoutableContext = AudioContext & { setSinkId?: (id: string) => Promise<void> }

export const createDigits = (onError: (error: unknown) => void): Digits => {
  let speaker = 'default'
  let context: RoutableContext | undefined
  let busyUntil = 0
  let closing: ReturnType<typeof setTimeout> | undefined

  const close = () => {
    clearTimeout(closing)
    context?.close().catch(onError)
    context = undefined
    busyUntil = 0
  }

  const open = (): RoutableContext => {
    if (context !== undefined) return context
    context = new AudioContext()
    if (speaker !== 'default') context.setSinkId?.(speaker).catch(onError)
    return context
  }

  return {
    play: (digits) => {
      const shape = digitShape(digits)
      if (shape.notes.length === 0) return
      const output = open()
      const at = Math.max(output.currentTime, busyUntil)
      if ((at - output.currentTime) * 1_000 > longestMs) return
      const rendered = renderTone(shape, output.sampleRate)
      const buffer = output.createBuffer(1, rendered.length, output.sampleRate)
      buffer.copyToChannel(rendered, 0)
      const source = output.createBufferSource()
      source.buffer = buffer
      source.connect(output.destination)
      source.start(at)
      busyUntil = at + shape.cycleMs / 1_000
      clearTimeout(closing)
      closing = setTimeout(close, (busyUntil - output.currentTime) * 1_000 + closeAfterMs)
    },
    route: (next) => {
      speaker = next
    },
    close
  }
}
