// One mediasoup Device for each set of router capabilities: probing the browser takes tens of milliseconds, so once is
// enough. The library itself is a file of its own, which the window does not wait for.
import type { Device, RtpCapabilities } from 'mediasoup-client/types'

export type DeviceCache = {
  readonly device: (routerRtpCapabilities: RtpCapabilities) => Promise<Device>
  /** Loads the library now, so that the first call need not. */
  readonly warmUp: () => void
}

export const createDeviceCache = (onError: (error: unknown) => void): DeviceCache => {
  const devices = new Map<string, Promise<Device>>()

  const make = async (routerRtpCapabilities: RtpCapabilities): Promise<Device> => {
    const library = await import('mediasoup-client')
    const device = await library.Device.factory()
    await device.load({ routerRtpCapabilities })
    return device
  }

  return {
    device: (routerRtpCapabilities) => {
      const key = JSON.stringify(routerRtpCapabilities)
      const known = devices.get(key)
      if (known !== undefined) return known
      const made = make(routerRtpCapabilities)
      devices.set(key, made)
      made.catch(() => devices.delete(key))
      return made
    },
    warmUp: () => {
      import('mediasoup-client').catch(onError)
    }
  }
}
