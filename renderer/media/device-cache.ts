// One mediasoup Device for each set of router capabilities: probing the browser takes tens of milliseconds, so once is enough.
import { Device } from 'mediasoup-client'
import type { RtpCapabilities } from 'mediasoup-client/types'

export type DeviceCache = (routerRtpCapabilities: RtpCapabilities) => Promise<Device>

export const createDeviceCache = (): DeviceCache => {
  const devices = new Map<string, Promise<Device>>()
  return (routerRtpCapabilities) => {
    const key = JSON.stringify(routerRtpCapabilities)
    const known = devices.get(key)
    if (known !== undefined) return known
    const made = Device.factory().then(async (device) => {
      await device.load({ routerRtpCapabilities })
      return device
    })
    devices.set(key, made)
    made.catch(() => devices.delete(key))
    return made
  }
}
