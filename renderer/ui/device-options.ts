// A list of devices as choices: the system's default first, and a chosen device that is away is still named.
import { chosenDevice, listFor, type DeviceChoices, type Devices, type DeviceUse } from '../../common/devices.ts'
import type { SettingsChange } from '../../common/types.ts'

type Words = {
  readonly systemDefault: string
  readonly missingDevice: string
  readonly unnamedDevice: (number: string) => string
  readonly away: (name: string) => string
}
type Options = {
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export const deviceOptions = (
  use: DeviceUse,
  choices: DeviceChoices,
  devices: Devices,
  words: Words,
  count: (value: number) => string
): Options => {
  const chosen = choices[use]
  const label = choices[`${use}Label`]
  const value = chosenDevice(use, choices, devices)?.id ?? chosen
  const real = listFor(use, devices).filter(({ id }) => id !== 'default' && id !== '')
  const isAway = value !== 'default' && !real.some(({ id }) => id === value)
  return {
    value,
    options: [
      { value: 'default', label: words.systemDefault },
      ...real.map((device, index) => ({
        value: device.id,
        // Names are withheld until the microphone was allowed once.
        label: device.label || words.unnamedDevice(count(index + 1))
      })),
      ...(isAway ? [{ value, label: label === '' ? words.missingDevice : words.away(label) }] : [])
    ]
  }
}

/** What settings keep of a choice: the id, and the name by which it is known again. */
export const deviceChosen = (use: DeviceUse, id: string, devices: Devices): SettingsChange => {
  const longest = 256
  const label = listFor(use, devices).find((device) => device.id === id)?.label ?? ''
  return { [use]: id, [`${use}Label`]: label.slice(0, longest) }
}
