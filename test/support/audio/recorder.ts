// Records channels of a sound server's source into memory, all on one clock. Judges nothing it hears.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { Processes } from '../desktop/processes.ts'
import { monotonicNow, waitFor } from '../desktop/wait.ts'
import { RATE, type Samples } from './signals.ts'

/** A recording that is going on. */
export interface Recording {
  /** When the first sample was made: monotonic milliseconds, right to about the recorder's buffer (20 ms). */
  readonly startedAt: number
  /** Resolves when it is this long. */
  filled: (seconds: number) => Promise<void>
  /** The first seconds of a channel. */
  samples: (channel: number, seconds: number) => Samples
  /** Everything of a channel until now. */
  all: (channel: number) => Samples
  /** The last seconds of a channel. */
  latest: (channel: number, seconds: number) => Samples
  stop: () => void
}

/** Makes recordings. */
export interface Recorder {
  /** Starts one of these channels; resolves when it runs. With `keepSeconds` only so much of the end is kept. */
  start: (channels: readonly number[], keepSeconds?: number) => Promise<Recording>
  stop: () => void
}

const BYTES = 4
const LATENCY_MS = 20

function open(processes: Processes, env: NodeJS.ProcessEnv, device: string, channels: readonly number[]): ChildProcess {
  // Without remixing each channel is picked by its name.
  const map = channels.map((channel) => `aux${String(channel)}`).join(',')
  const format = ['--raw', '--format=float32le', `--rate=${String(RATE)}`, '--no-remix']
  const what = [`--device=${device}`, `--channels=${String(channels.length)}`, `--channel-map=${map}`]
  const [command, args] = processes.wrap('parec', [...what, ...format, `--latency-msec=${String(LATENCY_MS)}`])
  return spawn(command, args, { env: { ...env, ...processes.marker }, stdio: ['ignore', 'pipe', 'ignore'] })
}

/** Makes the recorder of a source whose channels are called aux0, aux1, … */
export function createRecorder(
  processes: Processes,
  { env, device }: { env: NodeJS.ProcessEnv; device: string }
): Recorder {
  const running = new Set<ChildProcess>()
  const start: Recorder['start'] = async (channels, keepSeconds) => {
    const child = open(processes, env, device, channels)
    running.add(child)
    const frameBytes = BYTES * channels.length
    const keepBytes = keepSeconds === undefined ? Infinity : Math.ceil(keepSeconds * RATE) * frameBytes
    let chunks: Buffer[] = []
    let held = 0
    let received = 0
    let startedAt = 0
    let ended = false
    child.stdout?.on('data', (chunk: Buffer) => {
      if (received === 0) startedAt = monotonicNow() - (chunk.length / frameBytes / RATE) * 1000
      chunks.push(chunk)
      held += chunk.length
      received += chunk.length
      // Whole frames only, however the pipe cut the chunks.
      for (let first = chunks[0]; first && held - first.length > keepBytes + frameBytes; first = chunks[0]) {
        chunks = chunks.slice(1)
        held -= first.length
      }
    })
    child.on('exit', () => {
      ended = true
    })
    const filled = async (seconds: number): Promise<void> => {
      const wanted = Math.round(seconds * RATE) * frameBytes
      const enough = (): true | undefined => {
        if (received >= wanted) return true
        if (ended) throw new Error('The recorder ended')
        return undefined
      }
      await waitFor(`${String(seconds)} s recorded`, enough, { timeoutMs: seconds * 1000 + 5000, everyMs: 5 })
    }
    const read = (channel: number, fromFrame: number, frames: number): Samples => {
      const column = channels.indexOf(channel)
      if (column < 0) throw new Error(`Channel ${String(channel)} is not recorded`)
      const bytes = Buffer.concat(chunks)
      const dropped = received - held
      const first = fromFrame * frameBytes - dropped
      return Float32Array.from({ length: frames }, (_, i) => bytes.readFloatLE(first + i * frameBytes + column * BYTES))
    }
    const stop = (): void => {
      running.delete(child)
      child.kill('SIGKILL')
    }
    try {
      await filled(1 / RATE)
    } catch (error) {
      stop()
      throw error
    }
    return {
      startedAt,
      filled,
      samples: (channel, seconds) =>
        read(channel, 0, Math.min(Math.round(seconds * RATE), Math.floor(received / frameBytes))),
      all: (channel) => read(channel, 0, Math.floor(received / frameBytes)),
      latest: (channel, seconds) => {
        const all = Math.floor(received / frameBytes)
        const kept = Math.floor(held / frameBytes) - 1
        const frames = Math.min(Math.round(seconds * RATE), all, kept)
        return read(channel, all - frames, frames)
      },
      stop
    }
  }
  return {
    start,
    stop: () => {
      for (const child of running) child.kill('SIGKILL')
      running.clear()
    }
  }
}
