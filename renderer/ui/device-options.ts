// The choices of a device list: the system's default first, and a chosen device that is away is still named.
import type { MediaDevice } from '../state/media-port.ts'

type Words = {
  readonly systemDefault: string
  readonly missingDevice: string
  readonly unnamedDevice: (number: string) => string
}

export const deviceOptions = (
  chosen: string,
  list: readonly MediaDevice[],
  words: Words,
  count: (value: number) => string
): readonly { readonly value: string; readonly label: string }[] => {
  const real = list.filter((device) => device.id !== 'default' && device.id !== '')
  const here = chosen === 'default' || real.some((device) => device.id === chosen)
  return [
    { value: 'default', label: words.systemDefault },
    ...real.map((device, index) => ({
      value: device.id,
      // Names are withheld until the microphone was allowed once.
      label: device.label || words.unnamedDevice(count(index + 1))
    })),
    ...(here ? [] : [{ value: chosen, label: words.missingDevice }])
  ]
}
