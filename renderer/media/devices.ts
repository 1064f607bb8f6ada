// The list of audio devices: follows `devicechange`, and polls while somebody looks, since virtual devices never fire it.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'

export type AudioDevice = { readonly id: string; readonly label: string }
export type AudioDevices = {
  readonly microphones: readonly AudioDevice[]
  readonly speakers: readonly AudioDevice[]
}

export type DeviceWatch = {
  readonly current: () => AudioDevices
  readonly onChanged: (listener: (devices: AudioDevices) => void) => Unsubscribe
  /** Looks at once, and again and again until the last who asked for it has ended it. */
  readonly poll: () => Unsubscribe
  /** Looks once, and whenever the system says that something changed. Until then the list is empty. */
  readonly follow: () => void
}

const pollMs = 2_000

const listed = (all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] =>
  all
    // 'default' is a setting of its own here, and 'communications' only repeats another device.
    .filter((device) => device.kind === kind && device.deviceId !== 'default' && device.deviceId !== 'communications')
    .map((device) => ({ id: device.deviceId, label: device.label }))

export const createDeviceWatch = (onError: (error: unknown) => void): DeviceWatch => {
  let devices: AudioDevices = { microphones: [], speakers: [] }
  let isFollowing = false
  let polls = 0
  let timer: ReturnType<typeof setInterval> | undefined
  const changed = createEmitter<AudioDevices>(onError)

  const refresh = () => {
    navigator.mediaDevices
      .enumerateDevices()
      .then((all) => {
        const next = { microphones: listed(all, 'audioinput'), speakers: listed(all, 'audiooutput') }
        if (JSON.stringify(next) === JSON.stringify(devices)) return
        devices = next
        changed.emit(devices)
      })
      .catch(onError)
  }

  // To ask, or to wait for events, starts the browser's audio process, 18 MiB: not before it matters.
  const follow = () => {
    if (!isFollowing) navigator.mediaDevices.addEventListener('devicechange', refresh)
    isFollowing = true
    refresh()
  }

  return {
    current: () => devices,
    onChanged: changed.on,
    poll: () => {
      polls += 1
      timer ??= setInterval(refresh, pollMs)
      follow()
      return () => {
        polls -= 1
        if (polls > 0 || timer === undefined) return
        clearInterval(timer)
        timer = undefined
      }
    },
    follow
  }
}
