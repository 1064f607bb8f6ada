// A sound server of one user whose phones have a microphone one can speak into and a loudspeaker one can listen at. Starts no phone.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProcesses } from '../desktop/processes.ts'
import { waitFor, type WaitOptions } from '../desktop/wait.ts'
import { delays, measureTone, type ToneMeasure } from './measure.ts'
import { createPlayer, type Playback, type Player } from './player.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { chirp, join as joined, RATE, type Samples, silence, tone } from './signals.ts'

/** How to start the sound server. */
export interface AudioOptions {
  /** Runs as this user (needs root); default: whoever runs us. Must be the user of the phones. */
  user?: string
  /** How many devices there can be, at most 32; a phone has two. Default 12. */
  channels?: number
}

/** A microphone or a loudspeaker. */
export interface AudioDevice {
  /** The sound server's name of it. */
  readonly name: string
  /** Which channel of a recording it is. */
  readonly channel: number
  /** Pulls the plug. */
  remove: () => Promise<void>
}

/** A loudspeaker one can listen at. */
export interface Speaker extends AudioDevice {
  /** Listens until the tone is there; gives what the last 200 ms measured. */
  waitForTone: (frequencyHz: number, options?: WaitOptions & { minimumLevel?: number }) => Promise<ToneMeasure>
  /** Listens until nothing is to be heard for 200 ms. */
  waitForSilence: (options?: WaitOptions & { maximumRms?: number }) => Promise<void>
  /** Listens from before `meanwhile` until the tone was there, however short it was and whenever. */
  waitToHave: (frequencyHz: number, meanwhile: () => Promise<unknown>, options?: WaitOptions) => Promise<void>
}

/** A microphone one can speak into. */
export interface Microphone extends AudioDevice {
  /** Feeds it with a tone until `stop`; `level` is its amplitude. Resolves when it flows. */
  playTone: (frequencyHz: number, level: number) => Promise<Playback>
  /** Silences it. */
  stop: () => Promise<void>
}

/** Sound of one phone. */
export interface PhoneAudio {
  /** To be added to the phone's environment: makes these devices its default ones. */
  readonly env: { PULSE_SERVER: string; PULSE_SOURCE: string; PULSE_SINK: string }
  readonly microphone: AudioDevice
  readonly speaker: Speaker
  /** Feeds the microphone with a tone until `stop`; `level` is its amplitude. Resolves when it flows. */
  playTone: (frequencyHz: number, level: number) => Promise<Playback>
  /** Feeds the microphone with these samples, once. */
  playSamples: (samples: Samples) => Promise<Playback>
  /** Feeds the microphone with a sound file, once. */
  playFile: (path: string) => Promise<Playback>
  /** Silences the microphone. */
  stop: () => Promise<void>
  /** Records what the loudspeaker plays. */
  record: (seconds: number) => Promise<{ samples: Samples; rate: number }>
  readonly waitForTone: Speaker['waitForTone']
  readonly waitForSilence: Speaker['waitForSilence']
}

/** A running sound server. */
export interface Audio {
  readonly server: string
  phone: (name: string) => Promise<PhoneAudio>
  /** Further devices, e.g. to be plugged in during a call. Names are of letters, digits, "-" and "_". */
  addMicrophone: (name: string) => Promise<Microphone>
  addSpeaker: (name: string) => Promise<Speaker>
  /** Records several devices together, on one clock, sample by sample; `meanwhile` begins once it records. */
  recordTogether: (
    devices: readonly AudioDevice[],
    seconds: number,
    meanwhile?: () => Promise<unknown>
  ) => Promise<Samples[]>
  /** Speaks chirps into one phone and finds them at the other: mouth to ear, one entry for each chirp, in milliseconds. */
  measureDelays: (from: PhoneAudio, to: PhoneAudio, count?: number) => Promise<number[]>
  stop: () => Promise<void>
}

const MASTER = 'wires'
/** The server's own rate becomes the phones' rate: any other would be converted twice, which costs time. */
const DAEMON_CONFIG = `default-sample-rate = ${String(RATE)}\nalternate-sample-rate = ${String(RATE)}\n`
const WINDOW_S = 0.2
const TOLERANCE_HZ = 5
/** Fits into the shortest of the tones that follow a state. */
const SHORT_S = 0.06
const AUDIBLE = 0.02
/** Between two chirps; what is later than this cannot be told from the next one. */
const GAP_S = 0.5

/** A phone's microphone and speaker are channels of one silent sink, so all devices share one clock. */
function masterSink(channels: number): string {
  const map = Array.from({ length: channels }, (_, i) => `aux${String(i)}`).join(',')
  return (
    `module-null-sink sink_name=${MASTER} rate=${String(RATE)} format=float32le channels=${String(channels)} ` +
    `channel_map=${map} norewinds=1 sink_properties=device.description=${MASTER}`
  )
}

/** Starts a sound server. @throws when it does not come up; nothing is left running then. */
export async function startAudio({ user, channels = 12 }: AudioOptions = {}): Promise<Audio> {
  const processes = createProcesses(user)
  const dir = mkdtempSync(join(tmpdir(), 'tamas-audio-'))
  processes.give(dir)
  const socket = join(dir, 'native')
  const server = `unix:${socket}`
  const env = { PATH: process.env['PATH'], HOME: dir, XDG_RUNTIME_DIR: dir, PULSE_SERVER: server, LANG: 'C.UTF-8' }
  const daemonEnv = {
    ...env,
    PULSE_RUNTIME_PATH: dir,
    PULSE_STATE_PATH: dir,
    PULSE_CONFIG: join(dir, 'daemon.conf'),
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent'
  }
  const tool = async (...args: string[]): Promise<string> => processes.run('pactl', args, { env })
  let recorder: Recorder | undefined
  const stop = async (): Promise<void> => {
    recorder?.stop()
    await processes.stop()
    rmSync(dir, { recursive: true, force: true })
  }
  const free = new Set(Array.from({ length: channels }, (_, i) => i))

  const addDevice = async (make: (channel: number) => string[], name: string): Promise<AudioDevice> => {
    const [channel] = free
    if (channel === undefined) throw new Error(`All ${String(channels)} channels are in use; start the audio with more`)
    free.delete(channel)
    const module = (await tool('load-module', ...make(channel))).trim()
    const remove = async (): Promise<void> => {
      await tool('unload-module', module)
      free.add(channel)
    }
    return { name, channel, remove }
  }
  const microphoneDevice = async (name: string): Promise<AudioDevice> =>
    addDevice(
      (channel) => [
        'module-remap-source',
        `source_name=${name}`,
        `master=${MASTER}.monitor`,
        'channels=1',
        `master_channel_map=aux${String(channel)}`,
        'channel_map=mono',
        'remix=no',
        `source_properties=device.description=${name}`
      ],
      name
    )
  const speakerDevice = async (name: string): Promise<AudioDevice> =>
    addDevice(
      (channel) => [
        'module-remap-sink',
        `sink_name=${name}`,
        `master=${MASTER}`,
        'channels=1',
        `master_channel_map=aux${String(channel)}`,
        'channel_map=mono',
        'remix=no',
        `sink_properties=device.description=${name}`
      ],
      name
    )

  try {
    writeFileSync(join(dir, 'daemon.conf'), DAEMON_CONFIG)
    const args = [
      '-n',
      '--daemonize=no',
      '--exit-idle-time=-1',
      '--use-pid-file=no',
      '--realtime=no',
      '--high-priority=no'
    ]
    const modules = [`module-native-protocol-unix auth-anonymous=1 socket=${socket}`, masterSink(channels)]
    processes.daemon('pulseaudio', [...args, ...modules.flatMap((m) => ['-L', m])], {
      env: daemonEnv,
      logFile: join(dir, 'log'),
      urgent: true
    })
    await waitFor(`the sound server (see ${join(dir, 'log')})`, async () => tool('info'), { everyMs: 30 })
    const wires = createRecorder(processes, { env, device: `${MASTER}.monitor` })
    recorder = wires

    const recordTogether: Audio['recordTogether'] = async (devices, seconds, meanwhile) => {
      const recording = await wires.start(devices.map(({ channel }) => channel))
      await Promise.all([recording.filled(seconds), meanwhile?.()]).finally(recording.stop)
      return devices.map(({ channel }) => recording.samples(channel, seconds))
    }
    const listen = async <T>(
      what: string,
      device: AudioDevice,
      judge: (s: Samples) => T | undefined,
      wait: WaitOptions
    ): Promise<T> => {
      const recording = await wires.start([device.channel], 2 * WINDOW_S)
      try {
        await recording.filled(WINDOW_S)
        return await waitFor(what, () => judge(recording.latest(device.channel, WINDOW_S)), wait)
      } finally {
        recording.stop()
      }
    }
    const listStreams = async (): Promise<string> => tool('--format=json', 'list', 'sink-inputs')
    const playerOf = ({ channel }: AudioDevice): Player =>
      createPlayer(processes, { env, device: MASTER, channel, listStreams })
    // A whole number of periods, so that its repetition has no seam.
    const playTone = async (player: Player, frequencyHz: number, level: number): Promise<Playback> =>
      player.samples(tone(frequencyHz, level, 1), true)
    const addMicrophone: Audio['addMicrophone'] = async (name) => {
      const device = await microphoneDevice(name)
      const player = playerOf(device)
      return { ...device, playTone: async (hz, level) => playTone(player, hz, level), stop: player.stop }
    }
    const addSpeaker: Audio['addSpeaker'] = async (name) => {
      const device = await speakerDevice(name)
      return {
        ...device,
        waitForTone: async (frequencyHz, { minimumLevel = 0.02, ...wait } = {}) =>
          listen(
            `${String(frequencyHz)} Hz at ${name}`,
            device,
            (samples) => {
              const measure = measureTone(samples)
              const right = Math.abs(measure.frequencyHz - frequencyHz) <= TOLERANCE_HZ && measure.level >= minimumLevel
              return right ? measure : undefined
            },
            wait
          ),
        waitForSilence: async ({ maximumRms = 0.001, ...wait } = {}) => {
          await listen(`silence at ${name}`, device, (s) => (measureTone(s).rms <= maximumRms ? true : undefined), wait)
        },
        waitToHave: async (frequencyHz, meanwhile, wait) => {
          const recording = await wires.start([device.channel])
          let heard = 0
          const window = Math.round(SHORT_S * RATE)
          const isThere = (): true | undefined => {
            const all = recording.all(device.channel)
            for (; heard + window <= all.length; heard += window / 2) {
              const { frequencyHz: found, level } = measureTone(all.subarray(heard, heard + window))
              if (Math.abs(found - frequencyHz) <= TOLERANCE_HZ && level >= AUDIBLE) return true
            }
            return undefined
          }
          const what = `${String(frequencyHz)} Hz at ${name}`
          await Promise.all([meanwhile(), waitFor(what, isThere, wait)]).finally(recording.stop)
        }
      }
    }
    const phone = async (name: string): Promise<PhoneAudio> => {
      const [microphone, speaker] = [await microphoneDevice(`${name}-microphone`), await addSpeaker(`${name}-speaker`)]
      const player = playerOf(microphone)
      return {
        env: { PULSE_SERVER: server, PULSE_SOURCE: microphone.name, PULSE_SINK: speaker.name },
        microphone,
        speaker,
        playTone: async (frequencyHz, level) => playTone(player, frequencyHz, level),
        playSamples: async (samples) => player.samples(samples, false),
        playFile: player.file,
        stop: player.stop,
        record: async (seconds) => {
          const [samples = new Float32Array()] = await recordTogether([speaker], seconds)
          return { samples, rate: RATE }
        },
        waitForTone: speaker.waitForTone,
        waitForSilence: speaker.waitForSilence
      }
    }
    return {
      server,
      phone,
      addMicrophone,
      addSpeaker,
      recordTogether,
      measureDelays: async (from, to, count = 10) => {
        const signal = chirp(0.5)
        // Gaps of different length: a chirp must not be taken for its neighbour.
        const pieces = Array.from({ length: count }, (_, i) => joined([signal, silence(GAP_S + (i % 5) * 0.03)]))
        const score = joined([silence(0.3), ...pieces, silence(0.6)])
        const recording = recordTogether([from.microphone, to.speaker], score.length / RATE + 0.8)
        const playback = await from.playSamples(score)
        const [said = new Float32Array(), heard = new Float32Array()] = await recording
        await playback.stop()
        return delays(signal, said, heard, GAP_S * 1000)
      },
      stop
    }
  } catch (error) {
    await stop()
    throw error
  }
}
