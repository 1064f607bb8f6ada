// The list of audio devices: follows `devicechange`, and polls while somebody looks, since virtual devices never fire it.
import type { Devices } from '../../common/devices.ts'
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'

export type DeviceWatch = {
  readonly current: () => Devices
  readonly onChanged: (listener: (devices: Devices) => void) => Unsubscribe
  /** Looks at once, and again and again until the last who asked for it has ended it. */
  readonly poll: () => Unsubscribe
  /** Looks once, and whenever the system says that something changed. Until then the list is empty. */
  readonly follow: () => void
  /** A device is gone, as one that was in use says: looks at once what is left, if the list is followed. */
  readonly look: () => void
}

const pollMs = 2_000
/**
 * Who went is not back sooner than this. A browser keeps the stream of an output for five seconds, and a sound server has
 * put it elsewhere meanwhile: there it would go on. A plug that wobbles makes no back and forth either.
 */
const returnAfterMs = 6_000

const listed = (all: readonly MediaDeviceInfo[], kind: MediaDeviceKind) =>
  all
    // 'default' is a setting of its own here, and 'communications' only repeats another device.
    .filter((device) => device.kind === kind && device.deviceId !== 'default' && device.deviceId !== 'communications')
    .map((device) => ({ id: device.deviceId, label: device.label }))

export const createDeviceWatch = (onError: (error: unknown) => void): DeviceWatch => {
  let devices: Devices = { microphones: [], speakers: [] }
  let isFollowing = false
  let polls = 0
  let timer: ReturnType<typeof setInterval> | undefined
  let asked = 0
  let answered = 0
  let later: ReturnType<typeof setTimeout> | undefined
  /** When devices went, by id. */
  const gone = new Map<string, number>()
  const changed = createEmitter<Devices>(onError)

  /** `list` without those that went a moment ago. */
  const settled = (list: Devices['speakers'], before: Devices['speakers']): Devices['speakers'] => {
    const now = performance.now()
    for (const { id } of before) if (!list.some((device) => device.id === id)) gone.set(id, now)
    return list.filter(({ id }) => {
      const waitsMs = (gone.get(id) ?? -Infinity) + returnAfterMs - now
      if (waitsMs <= 0) {
        gone.delete(id)
        return true
      }
      clearTimeout(later)
      later = setTimeout(refresh, waitsMs)
      return false
    })
  }

  const refresh = () => {
    const turn = ++asked
    navigator.mediaDevices
      .enumerateDevices()
      .then((all) => {
        // Answers may overtake each other.
        if (turn < answered) return
        answered = turn
        const next = {
          microphones: settled(listed(all, 'audioinput'), devices.microphones),
          speakers: settled(listed(all, 'audiooutput'), devices.speakers)
        }
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
    follow,
    look: () => {
      if (isFollowing) refresh()
    }
  }
}
