// Plays samples and files into one channel of a sound server's sink. Makes no samples itself.
import { spawn, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { outputOf } from '../desktop/exec.ts'
import type { Processes } from '../desktop/processes.ts'
import { waitFor } from '../desktop/wait.ts'
import { RATE, type Samples } from './signals.ts'

/** Something being played. */
export interface Playback {
  /** Resolves when everything has been played; never for something that repeats. */
  ended: Promise<void>
  stop: () => Promise<void>
}

/** Plays into one channel. */
export interface Player {
  /** Resolves when it flows. */
  samples: (samples: Samples, repeat: boolean) => Promise<Playback>
  file: (path: string) => Promise<Playback>
  stop: () => Promise<void>
}

/** Where to play. */
export interface PlayerOptions {
  env: NodeJS.ProcessEnv
  device: string
  channel: number
  /** What the sound server is playing, as its JSON list of sink inputs. */
  listStreams: () => Promise<string>
}

// Ample, for a busy machine: what was said must not be torn. It delays the beginning only.
const BUFFER_MS = 250

async function decode(path: string): Promise<Samples> {
  const args = ['-loglevel', 'error', '-i', path, '-f', 'f32le', '-ac', '1', '-ar', String(RATE), '-']
  const bytes = await outputOf('ffmpeg', args)
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => bytes.readFloatLE(i * 4))
}

/** Makes a player. */
export function createPlayer(processes: Processes, { env, device, channel, listStreams }: PlayerOptions): Player {
  const running = new Map<ChildProcess, Promise<void>>()

  const samples: Player['samples'] = async (what, repeat) => {
    const name = randomUUID()
    const where = [`--device=${device}`, '--channels=1', `--channel-map=aux${String(channel)}`, '--no-remix']
    const format = ['--raw', '--playback', '--format=float32le', `--rate=${String(RATE)}`]
    const [command, args] = processes.wrap('pacat', [
      ...where,
      ...format,
      `--latency-msec=${String(BUFFER_MS)}`,
      `--stream-name=${name}`
    ])
    const child = spawn(command, args, { env: { ...env, ...processes.marker }, stdio: ['pipe', 'ignore', 'ignore'] })
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => {
        running.delete(child)
        resolve()
      })
    })
    running.set(child, ended)
    const bytes = Buffer.from(what.buffer, what.byteOffset, what.byteLength)
    const { stdin } = child
    // Being stopped in the middle is how most playbacks end.
    stdin.on('error', () => undefined)
    const feed = (): void => {
      if (!repeat) stdin.end(bytes)
      else while (stdin.writable && stdin.write(bytes));
    }
    if (repeat) stdin.on('drain', feed)
    feed()
    const stop = async (): Promise<void> => {
      child.kill('SIGKILL')
      await ended
    }
    try {
      await waitFor('the sound flows', async () => {
        const list = JSON.parse(await listStreams()) as { corked: boolean; properties: Record<string, string> }[]
        return list.some((s) => s.properties['media.name'] === name && !s.corked) ? true : undefined
      })
    } catch (error) {
      await stop()
      throw error
    }
    return { ended, stop }
  }
  return {
    samples,
    file: async (path) => samples(await decode(path), false),
    stop: async () => {
      for (const child of running.keys()) child.kill('SIGKILL')
      await Promise.all(running.values())
    }
  }
}
