// The media engine of the main window: the legs joined with this machine's devices, tones and meters. It makes main's
// orders so and reports what it finds; it never decides about calls, and it knows no screens.
import { deviceChange, routed, type DeviceChange, type Devices } from '../../common/devices.ts'
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { Ringtone } from '../../common/ringtones.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { MediaProbe } from '../preflight/ports.ts'
import type { LineLook, LineQuality } from '../state/media-port.ts'
import { createDeviceCache } from './device-cache.ts'
import { createDeviceWatch } from './devices.ts'
import { createDigits } from './digits.ts'
import { createLegs, type MediaBridge } from './legs.ts'
import { createLevelMeter } from './level.ts'
import { createMediaPaths } from './media-paths.ts'
import { createMicrophone } from './microphone.ts'
import { createMicrophoneTry, type MicrophoneTry } from './microphone-try.ts'
import { createPlayback } from './playback.ts'
import { createSilence } from './silence.ts'
import type { TalkQuality } from './talk-quality.ts'
import { createTones } from './tones.ts'

/**
 * Devices are watched while there is a call: one may be unplugged without an event. Not in its first moments: to ask for
 * them starts two processes of the browser, beside all that a call wants at once.
 */
const watchAfterMs = 3_000
/** The library of the first call is loaded while nothing else is done, at the latest then. */
const warmUpWithinMs = 2_000

export type MediaEngine = {
  readonly start: () => void
  readonly stop: () => void
  /** Settings, link and tone are followed from each snapshot; what did not change costs nothing. */
  readonly follow: (snapshot: Pick<AppSnapshot, 'settings' | 'link' | 'tone'>) => void
  readonly devices: () => Devices
  readonly onDevices: (listener: (devices: Devices) => void) => Unsubscribe
  /** A chosen device went, or is there again: heard once what is used has followed. */
  readonly onDeviceChange: (listener: (change: DeviceChange) => void) => Unsubscribe
  /** 0 to 1; read it while a meter is on the screen. */
  readonly level: (which: 'mine' | 'theirs') => number
  /** How good the line of the talk is; measured only while somebody listens. */
  readonly onQuality: (listener: (quality: LineQuality) => void) => Unsubscribe
  /** Every look at the lines of the talk; also keeps them measured. */
  readonly onLooks: (listener: (looks: readonly LineLook[]) => void) => Unsubscribe
  /** Plays a ringtone for a moment on the ring device, at the ring volume. */
  readonly testRing: (ringtone: Ringtone) => void
  /** Plays a few notes on the speaker. */
  readonly testSpeaker: () => void
  /** Opens the microphone outside a call, for its meter. */
  readonly microphoneTry: MicrophoneTry
  /** What only a check of calls uses. */
  readonly probe: () => Promise<MediaProbe>
  /** Plays the tones of pressed keys here; the other side plays its own. */
  readonly playDigits: (digits: string) => void
}

export type MediaEngineDeps = {
  readonly bridge: MediaBridge
  readonly initial: Pick<AppSnapshot, 'settings' | 'link' | 'tone'>
  readonly onError: (error: unknown) => void
}

export const createMediaEngine = ({ bridge, initial, onError }: MediaEngineDeps): MediaEngine => {
  const watch = createDeviceWatch(onError)
  const meters = { mine: createLevelMeter(), theirs: createLevelMeter() }
  let { settings } = initial
  let stopWatching: Unsubscribe | undefined

  /** What devices there were when it was last looked; null before. */
  let known: Devices | null = null
  const deviceChanged = createEmitter<DeviceChange>(onError)

  // A chosen device that is away is stood in for by the default one, until it is back.
  const routing = () => ({ ...settings, ...routed(settings, watch.current()) })

  const tones = createTones(settings, onError)
  const digits = createDigits(onError)
  const microphone = createMicrophone(settings, () => {
    // Where it went, the speaker of the same headset has gone too.
    watch.look()
    legs.microphoneReplaced()
    microphoneTry.renew()
  })
  const releaseUnused = () => {
    if (!legs.usesMicrophone()) microphone.release()
  }
  const microphoneTry = createMicrophoneTry({
    open: microphone.open,
    release: releaseUnused,
    speaker: () => routing().speaker,
    onError
  })

  const followChosen = () => {
    const { microphone: input, speaker, ringer } = settings
    if ([input, speaker, ringer].some((id) => id !== 'default')) watch.follow()
  }

  const reroute = () => {
    const now = routing()
    microphone.configure(now)
    tones.route(now)
    digits.route(now.speaker)
    legs.each((leg) => {
      leg.playback.setOutput(now.speaker)
    })
  }

  const watchLater = (): Unsubscribe => {
    let stop: Unsubscribe | undefined
    const timer = setTimeout(() => {
      stop = watch.poll()
    }, watchAfterMs)
    return () => {
      clearTimeout(timer)
      stop?.()
    }
  }

  const cache = createDeviceCache(onError)
  const paths = createMediaPaths(bridge)
  const legs = createLegs({
    bridge: paths.bridge,
    device: cache.device,
    microphone: {
      ...microphone,
      release: () => {
        if (!microphoneTry.isOpen()) microphone.release()
      }
    },
    silence: createSilence(),
    newPlayback: () => {
      const playback = createPlayback(onError)
      playback.setOutput(routing().speaker)
      return playback
    },
    joined: initial.link.state === 'joined',
    onLegs: (count) => {
      if (count > 0) {
        stopWatching ??= watchLater()
        return
      }
      stopWatching?.()
      stopWatching = undefined
      meters.mine.close()
      meters.theirs.close()
    },
    onError
  })

  /** Fetched with the first talk that is looked at: no start waits for it. */
  let quality: Promise<TalkQuality> | undefined
  const measure = async () => (await import('./talk-quality.ts')).createTalkQuality(legs.talking, onError)

  const whileMeasured = (listen: (measured: TalkQuality) => Unsubscribe): Unsubscribe => {
    let off: Unsubscribe | null = null
    let isOver = false
    quality ??= measure()
    quality
      .then((measured) => {
        if (!isOver) off = listen(measured)
      })
      .catch(onError)
    return () => {
      isOver = true
      off?.()
    }
  }

  // Also while there is no call: the next one rings and speaks on the devices of then.
  watch.onChanged((devices) => {
    reroute()
    const change = deviceChange(settings, known ?? devices, devices)
    known = devices
    if (change.lost.length > 0 || change.back.length > 0) deviceChanged.emit(change)
  })

  return {
    start: () => {
      followChosen()
      tones.set(initial.tone, legs.floor() !== null)
      legs.start()
      requestIdleCallback(cache.warmUp, { timeout: warmUpWithinMs })
    },
    stop: () => {
      microphoneTry.close()
      legs.stop()
      tones.close()
      digits.close()
    },
    follow: (snapshot) => {
      const changed = snapshot.settings !== settings
      settings = snapshot.settings
      if (changed) {
        followChosen()
        reroute()
      }
      tones.set(snapshot.tone, legs.floor() !== null)
      legs.setJoined(snapshot.link.state === 'joined')
    },
    devices: watch.current,
    onDevices: (listener) => {
      const off = watch.onChanged(listener)
      const stop = watch.poll()
      return () => {
        off()
        stop()
      }
    },
    onDeviceChange: deviceChanged.on,
    level: (which) =>
      meters[which].read(which === 'mine' ? microphone.current() : (legs.floor()?.playback.current() ?? null)),
    onQuality: (listener) => whileMeasured((measured) => measured.on(listener)),
    onLooks: (listener) => whileMeasured((measured) => measured.onLooks(listener)),
    testRing: tones.testRing,
    testSpeaker: tones.testSpeaker,
    microphoneTry,
    probe: async () =>
      (await import('./probe.ts')).createProbe({
        paths,
        talking: legs.talking,
        microphone,
        release: releaseUnused,
        input: () => routing().microphone,
        testSpeaker: tones.testSpeaker,
        onError
      }),
    playDigits: digits.play
  }
}
