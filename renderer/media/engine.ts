// The media engine of the main window: the legs joined with this machine's devices, tones and meters. It makes main's
// orders so and reports what it finds; it never decides about calls, and it knows no screens.
import type { Unsubscribe } from '../../common/emitter.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { LineQuality } from '../state/media-port.ts'
import { createDeviceCache } from './device-cache.ts'
import { createDeviceWatch, type AudioDevices } from './devices.ts'
import { createDigits } from './digits.ts'
import { createLegs, type MediaBridge } from './legs.ts'
import { createLevelMeter } from './level.ts'
import { createMicrophone } from './microphone.ts'
import { createPlayback } from './playback.ts'
import { createSilence } from './silence.ts'
import type { TalkQuality } from './talk-quality.ts'
import { createTones } from './tones.ts'

/** The library of the first call is loaded while nothing else is done, at the latest then. */
const warmUpWithinMs = 2_000

export type MediaEngine = {
  readonly start: () => void
  readonly stop: () => void
  /** Settings, link and tone are followed from each snapshot; what did not change costs nothing. */
  readonly follow: (snapshot: Pick<AppSnapshot, 'settings' | 'link' | 'tone'>) => void
  readonly devices: () => AudioDevices
  readonly onDevices: (listener: (devices: AudioDevices) => void) => Unsubscribe
  /** 0 to 1; read it while a meter is on the screen. */
  readonly level: (which: 'mine' | 'theirs') => number
  /** How good the line of the talk is; measured only while somebody listens. */
  readonly onQuality: (listener: (quality: LineQuality) => void) => Unsubscribe
  /** Plays the ring for a moment on the ring device. */
  readonly testTone: () => void
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
  let stopPolling: Unsubscribe | undefined

  // A chosen device that is away is stood in for by the default one, until it is back.
  const present = (id: string, list: readonly { id: string }[]) => (list.some((one) => one.id === id) ? id : 'default')
  const routed = () => {
    const { microphones, speakers } = watch.current()
    return {
      ...settings,
      microphone: present(settings.microphone, microphones),
      speaker: present(settings.speaker, speakers),
      ringer: present(settings.ringer, speakers)
    }
  }

  const tones = createTones(settings, onError)
  const digits = createDigits(onError)
  const microphone = createMicrophone(settings, () => {
    legs.microphoneReplaced()
  })

  const followChosen = () => {
    const { microphone: input, speaker, ringer } = settings
    if ([input, speaker, ringer].some((id) => id !== 'default')) watch.follow()
  }

  const reroute = () => {
    const routing = routed()
    microphone.configure(routing)
    tones.route(routing)
    digits.route(routing.speaker)
    legs.each((leg) => {
      leg.playback.setOutput(routing.speaker)
    })
  }

  const cache = createDeviceCache(onError)
  const legs = createLegs({
    bridge,
    device: cache.device,
    microphone,
    silence: createSilence(),
    newPlayback: () => {
      const playback = createPlayback(onError)
      playback.setOutput(routed().speaker)
      return playback
    },
    joined: initial.link.state === 'joined',
    onLegs: (count) => {
      // Devices are watched while there is a call: one may be unplugged without an event.
      if (count > 0) {
        stopPolling ??= watch.poll()
        return
      }
      stopPolling?.()
      stopPolling = undefined
      meters.mine.close()
      meters.theirs.close()
    },
    onError
  })

  /** Fetched with the first talk that is looked at: no start waits for it. */
  let quality: Promise<TalkQuality> | undefined
  const measure = async () => (await import('./talk-quality.ts')).createTalkQuality(legs.talking, onError)

  // Also while there is no call: the next one rings and speaks on the devices of then.
  watch.onChanged(reroute)

  return {
    start: () => {
      followChosen()
      tones.set(initial.tone)
      legs.start()
      requestIdleCallback(cache.warmUp, { timeout: warmUpWithinMs })
    },
    stop: () => {
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
      tones.set(snapshot.tone)
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
    level: (which) =>
      meters[which].read(which === 'mine' ? microphone.current() : (legs.floor()?.playback.current() ?? null)),
    onQuality: (listener) => {
      let off: Unsubscribe | null = null
      let isOver = false
      quality ??= measure()
      quality
        .then((measured) => {
          if (!isOver) off = measured.on(listener)
        })
        .catch(onError)
      return () => {
        isOver = true
        off?.()
      }
    },
    testTone: () => {
      reroute()
      tones.test()
    },
    playDigits: digits.play
  }
}
