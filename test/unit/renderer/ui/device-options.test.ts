// Devices as choices: what can be chosen, what stands there, and what settings keep of it.
import { describe, expect, it } from 'vitest'
import { deviceChosen, deviceOptions } from '../../../../renderer/ui/device-options.ts'

const words = {
  systemDefault: 'System',
  missingDevice: 'Gone',
  unnamedDevice: (n: string) => `Device ${n}`,
  away: (name: string) => `${name} away`
}
const none = {
  microphone: 'default',
  speaker: 'default',
  ringer: 'default',
  microphoneLabel: '',
  speakerLabel: '',
  ringerLabel: ''
}
const devices = {
  microphones: [],
  speakers: [
    { id: 'a', label: 'Headset' },
    { id: 'b', label: '' }
  ]
}
const shown = (speaker: string, speakerLabel = '') => {
  const { value, options } = deviceOptions('speaker', { ...none, speaker, speakerLabel }, devices, words, String)
  return { value, labels: options.map(({ label }) => label) }
}

describe('a list of devices', () => {
  it('begins with the system’s, and names those without a name by their place', () => {
    expect(shown('default')).toEqual({ value: 'default', labels: ['System', 'Headset', 'Device 2'] })
    expect(shown('a').value).toBe('a')
  })

  it('names the chosen one that is away, by its name where that is known', () => {
    expect(shown('x')).toEqual({ value: 'x', labels: ['System', 'Headset', 'Device 2', 'Gone'] })
    expect(shown('x', 'Dock').labels.at(-1)).toBe('Dock away')
  })

  it('shows a device that is known by its name alone as chosen', () => {
    expect(shown('old', 'Headset')).toEqual({ value: 'a', labels: ['System', 'Headset', 'Device 2'] })
  })
})

describe('what is kept of a choice', () => {
  it('is id and name, and of the system’s choice no name', () => {
    expect(deviceChosen('speaker', 'a', devices)).toEqual({ speaker: 'a', speakerLabel: 'Headset' })
    expect(deviceChosen('ringer', 'default', devices)).toEqual({ ringer: 'default', ringerLabel: '' })
  })

  it('is no longer than settings take', () => {
    const long = { microphones: [{ id: 'm', label: 'x'.repeat(400) }], speakers: [] }
    expect(deviceChosen('microphone', 'm', long).microphoneLabel).toHaveLength(256)
  })
})
