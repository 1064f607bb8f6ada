// The list of audio devices: follows `devicechange`, and polls while somebody looks, since virtual devices never fire it.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'

export type AudioDevice = { readonly id: string; readonly label: string }
export type AudioDevices = {
  readonly microphones: readonly AudioDevice[]
  readonly speakers: readonly AudioDevice[]
}

export type DeviceWatch = {
  readonly current: () => AudioDevices
  /** Hears of changes; polls as long as anybody listens. */
  readonly on: (listener: (devices: AudioDevices) => void) => Unsubscribe
  readonly refresh: () => void
}

const pollMs = 2_000

const listed = (all: readonly MediaDeviceInfo[], kind: MediaDeviceKind): AudioDevice[] =>
  all
    // 'default' is a setting of its own here, and 'communications' only repeats another device.
    .filter((device) => device.kind === kind && device.deviceId !== 'default' && device.deviceId !== 'communications')
    .map((device) => ({ id: device.deviceId, label: device.label }))

export const createDeviceWatch = (onError: (error: unknown) => void): DeviceWatch => {
  let devices: AudioDevices = { microphones: [], speakers: [] }
  let listeners = 0
  let poll: ReturnType<typeof setInterval> | undefined
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
  navigator.mediaDevices.addEventListener('devicechange', refresh)

  return {
    current: () => devices,
    on: (listener) => {
      const off = changed.on(listener)
      listeners += 1
      poll ??= setInterval(refresh, pollMs)
      refresh()
      return () => {
        off()
        listeners -= 1
        if (listeners > 0 || poll === undefined) return
        clearInterval(poll)
        poll = undefined
      }
    },
    refresh
  }
}
