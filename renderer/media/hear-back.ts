// Listens with a microphone while the speaker plays its test notes: are they in what it hears? Keeps nothing of it.
import type { HeardBack } from '../preflight/ports.ts'
import { heardBack, purePower } from './note-power.ts'
import { createQuietContext } from './quiet-context.ts'
import { speakerTest } from './tone-shapes.ts'

const everyMs = 40
const beforeMs = 500
/** Sound takes its time to the speaker and back. */
const lateMs = 500

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })

/** `rounds`: who removes echoes learns with the first one, so that the last one counts. */
export const listenWhilePlaying = async (
  track: MediaStreamTrack,
  play: () => void,
  rounds: number,
  signal: AbortSignal
): Promise<HeardBack> => {
  const context = createQuietContext()
  try {
    const analyser = context.createAnalyser()
    analyser.fftSize = 4096
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const hz = speakerTest.notes.flatMap((note) => note.hz)

    const listen = async (forMs: number): Promise<readonly (readonly number[])[]> => {
      const heard: number[][] = hz.map(() => [])
      for (let passed = 0; passed < forMs && !signal.aborted; passed += everyMs) {
        await wait(everyMs, signal)
        analyser.getFloatTimeDomainData(samples)
        hz.forEach((note, index) => heard[index]?.push(purePower(samples, context.sampleRate, note)))
      }
      return heard
    }

    // What a device gives while it opens is no sound of the room.
    await wait(beforeMs, signal)
    const before = await listen(beforeMs)
    let during: readonly (readonly number[])[] = []
    for (let round = 0; round < rounds && !signal.aborted; round += 1) {
      play()
      during = await listen(speakerTest.cycleMs + lateMs)
    }
    return heardBack(hz.map((_, index) => ({ before: before[index] ?? [], during: during[index] ?? [] })))
  } finally {
    void context.close()
  }
}
