// Which headset's buttons our page may have: those that the person has chosen in a dialog of this process, so that no page
// can take one by itself, and only devices with usages of telephony.
import type { HIDDevice, Session } from 'electron'
import type { Logger } from '../../common/log.ts'
import { isOwnOrigin } from './scheme.ts'
import type { GivenHeadset, GivenHeadsets } from '../store/headsets.ts'

type Identity = Pick<HIDDevice, 'vendorId' | 'productId' | 'serialNumber'> & {
  /** Not known to every Electron: then the page's filter has to do. */
  readonly collections?: readonly { readonly usagePage: number }[] | undefined
}

const telephonyPage = 0x0b
const isTelephone = ({ collections }: Identity): boolean =>
  collections === undefined || collections.some(({ usagePage }) => usagePage === telephonyPage)

/** By what a device is known again after a start: its model, and its number where it tells one. Pure. */
export const headsetOf = ({ vendorId, productId, serialNumber = '' }: Identity): GivenHeadset => ({
  vendorId,
  productId,
  serialNumber
})
const isSame = (one: GivenHeadset, other: GivenHeadset): boolean =>
  one.vendorId === other.vendorId && one.productId === other.productId && one.serialNumber === other.serialNumber

export type DeviceQuestion = {
  readonly deviceType: string
  /** URL or origin of who asks. */
  readonly origin: string
  readonly device: Identity
}

/** Whether a page may open a device now. Pure. */
export const mayOpen = (given: readonly GivenHeadset[], { deviceType, origin, device }: DeviceQuestion): boolean =>
  deviceType === 'hid' &&
  isOwnOrigin(origin) &&
  isTelephone(device) &&
  given.some((one) => isSame(one, headsetOf(device)))

/** Those with buttons for calls, each model once: some have several interfaces of one name. Pure. */
export const toChooseFrom = (devices: readonly HIDDevice[]): readonly HIDDevice[] =>
  devices
    .filter(isTelephone)
    .filter((device, at, all) => all.findIndex((one) => isSame(headsetOf(one), headsetOf(device))) === at)

export type HidAccessDeps = {
  readonly session: Pick<Session, 'on' | 'setDevicePermissionHandler'>
  readonly given: GivenHeadsets
  /** Asks the person; the place of the one they have chosen, or null. */
  readonly choose: (names: readonly string[]) => Promise<number | null>
  readonly log: Logger
}

export const allowHeadsets = ({ session, given, choose, log }: HidAccessDeps): void => {
  session.setDevicePermissionHandler(({ deviceType, origin, device }) =>
    // Other kinds of devices have no vendor in the same way, and are none of ours.
    deviceType === 'hid' ? mayOpen(given.list(), { deviceType, origin, device: device as HIDDevice }) : false
  )
  session.on('select-hid-device', (event, { deviceList, frame }, answer) => {
    event.preventDefault()
    const devices = toChooseFrom(deviceList)
    if (frame === null || frame.parent !== null || !isOwnOrigin(frame.url) || devices.length === 0) {
      answer(null)
      return
    }
    choose(devices.map(({ name }) => name))
      .then((at) => {
        const chosen = at === null ? undefined : devices[at]
        if (chosen !== undefined) given.add(headsetOf(chosen))
        answer(chosen?.deviceId ?? null)
      })
      .catch((error: unknown) => {
        log.warn('a headset could not be asked for', { error: String(error) })
        answer(null)
      })
  })
  session.on('hid-device-revoked', (_event, { device }) => given.remove(headsetOf(device)))
}
