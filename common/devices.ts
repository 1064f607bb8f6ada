// Microphones and speakers as choices: which one is meant, and what a change of the list means for them. Pure; asks no
// machine what it has.

/** A microphone or a speaker; 'default' is the system's own choice. */
export type Device = { readonly id: string; readonly label: string }
export type Devices = { readonly microphones: readonly Device[]; readonly speakers: readonly Device[] }
export type DeviceUse = 'microphone' | 'speaker' | 'ringer'

/** What settings hold of it: the id, and the label by which it is known again under another id. */
export type DeviceChoices = Readonly<Record<DeviceUse | `${DeviceUse}Label`, string>>

/** Labels of chosen devices that went, and of such that are there again. */
export type DeviceChange = { readonly lost: readonly string[]; readonly back: readonly string[] }

export const deviceUses: readonly DeviceUse[] = ['microphone', 'speaker', 'ringer']

export const listFor = (use: DeviceUse, devices: Devices): readonly Device[] =>
  use === 'microphone' ? devices.microphones : devices.speakers

/**
 * The chosen device. Its id counts first; where nobody has it, as after ids were renewed, the one device that is called
 * so. Null where the default is chosen, and while the chosen one is away.
 */
export const chosenDevice = (use: DeviceUse, choices: DeviceChoices, devices: Devices): Device | null => {
  const id = choices[use]
  if (id === 'default') return null
  const list = listFor(use, devices)
  const same = list.find((device) => device.id === id)
  if (same !== undefined) return same
  const label = choices[`${use}Label`]
  const [named, another] = label === '' ? [] : list.filter((device) => device.label === label)
  return another === undefined ? (named ?? null) : null
}

/** The device ids to be used now: where the chosen one is away, the default stands in for it. */
export const routed = (choices: DeviceChoices, devices: Devices): Readonly<Record<DeviceUse, string>> => ({
  microphone: chosenDevice('microphone', choices, devices)?.id ?? 'default',
  speaker: chosenDevice('speaker', choices, devices)?.id ?? 'default',
  ringer: chosenDevice('ringer', choices, devices)?.id ?? 'default'
})

/** What the person should hear of: each device once, whatever it is used for. */
export const deviceChange = (choices: DeviceChoices, before: Devices, after: Devices): DeviceChange => {
  const lost = new Set<string>()
  const back = new Set<string>()
  for (const use of deviceUses) {
    const [was, is] = [chosenDevice(use, choices, before), chosenDevice(use, choices, after)]
    if (was !== null && is === null) lost.add(was.label)
    if (was === null && is !== null) back.add(is.label)
  }
  return { lost: [...lost], back: [...back] }
}
