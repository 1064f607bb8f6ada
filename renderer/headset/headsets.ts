// The headsets whose buttons work here: opened as they come, listened to, and lit as the calls want it. What a button means
// is decided beside this file; calls are not.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { Deed } from '../state/call-keys.ts'
import type { Headset, HeadsetPort } from '../state/headset-port.ts'
import { headsetDeed, lightsFor } from './headset-deeds.ts'
import type { Hid, HidDevice, HidInput } from './hid.ts'
import { lightReports, readReport } from './reports.ts'
import { dark, heard, lit, newSync, type Sync } from './sync.ts'
import { telephonyOf, telephonyPage, type Telephony } from './telephony.ts'

export type HeadsetDeps = {
  /** Null where the browser has no WebHID. */
  readonly hid: Hid | null
  readonly now: () => number
  readonly act: (deed: Deed) => void
  readonly onError: (error: unknown) => void
}

/**
 *   (unknown) ──given by the person, or plugged in again──▶ opening ──▶ ready ──unplugged, forgotten──▶ (unknown)
 *                                                             └──── the system does not allow it ──▶ denied
 */
type Open = {
  readonly id: string
  readonly device: HidDevice
  readonly telephony: Telephony
  readonly state: 'opening' | 'ready' | 'denied'
  readonly sync: Sync
  readonly stop: () => void
}

export const createHeadsets = ({ hid, now, act, onError }: HeadsetDeps): HeadsetPort => {
  const open = new Map<HidDevice, Open>()
  const changed = createEmitter<undefined>(onError)
  let last: Pick<AppSnapshot, 'calls' | 'recents' | 'preferences'> | null = null
  let names = 0

  const change = (device: HidDevice, part: Partial<Open>): void => {
    const one = open.get(device)
    if (one !== undefined) open.set(device, { ...one, ...part })
  }
  const send = async (device: HidDevice): Promise<void> => {
    const one = open.get(device)
    if (one?.state !== 'ready') return
    for (const { reportId, data } of lightReports(one.telephony, one.sync.lights))
      await device.sendReport(reportId, data)
  }
  const light = (device: HidDevice, again: boolean): void => {
    const one = open.get(device)
    if (one?.state !== 'ready') return
    const wanted = last === null ? dark : lightsFor(last.calls)
    const isSame = Object.entries(wanted).every(([name, on]) => one.sync.lights[name as keyof typeof wanted] === on)
    if (isSame && !again) return
    change(device, { sync: lit(one.sync, wanted, now()) })
    send(device).catch(onError)
  }
  const hear = (device: HidDevice, { reportId, data }: HidInput): void => {
    const one = open.get(device)
    if (one === undefined) return
    const { sync, events } = heard(one.sync, readReport(one.telephony, reportId, data), now())
    change(device, { sync })
    for (const event of events) {
      const deed = last === null ? null : headsetDeed(event, last)
      if (deed !== null) act(deed)
      // It did nothing, and the headset may think that it did: it is told how things are.
      else light(device, true)
    }
  }

  const take = async (device: HidDevice): Promise<void> => {
    if (open.has(device)) return
    const telephony = telephonyOf(device.collections)
    // What is no telephone is not kept, whoever has handed it over.
    if (telephony === null) return device.forget()
    const listener = (event: HidInput): void => hear(device, event)
    device.addEventListener('inputreport', listener)
    names += 1
    open.set(device, {
      id: String(names),
      device,
      telephony,
      state: 'opening',
      sync: newSync,
      stop: () => device.removeEventListener('inputreport', listener)
    })
    try {
      if (!device.opened) await device.open()
      change(device, { state: 'ready' })
      light(device, true)
    } catch (error) {
      onError(error)
      change(device, { state: 'denied' })
    }
    changed.emit(undefined)
  }
  const look = async (): Promise<void> => {
    const devices = (await hid?.getDevices()) ?? []
    for (const [device, one] of open) {
      if (devices.includes(device)) continue
      one.stop()
      open.delete(device)
    }
    await Promise.all(devices.map(take))
    changed.emit(undefined)
  }
  const lookAgain = (): void => {
    look().catch(onError)
  }

  return {
    isThere: hid !== null,
    list: () => [...open.values()].map(({ id, device, state }): Headset => ({ id, name: device.productName, state })),
    onChanged: (listener): Unsubscribe => changed.on(listener),
    connect: async () => {
      const given = (await hid?.requestDevice({ filters: [{ usagePage: telephonyPage }] })) ?? []
      await Promise.all(given.map(take))
      changed.emit(undefined)
      return given.some((device) => open.has(device))
    },
    forget: async (id) => {
      const one = [...open.values()].find((each) => each.id === id)
      if (one === undefined) return
      one.stop()
      open.delete(one.device)
      await one.device.close()
      await one.device.forget()
      changed.emit(undefined)
    },
    follow: (snapshot) => {
      last = snapshot
      for (const device of open.keys()) light(device, false)
    },
    start: () => {
      hid?.addEventListener('connect', lookAgain)
      hid?.addEventListener('disconnect', lookAgain)
      lookAgain()
      return () => {
        hid?.removeEventListener('connect', lookAgain)
        hid?.removeEventListener('disconnect', lookAgain)
        for (const { stop } of open.values()) stop()
        open.clear()
      }
    }
  }
}
