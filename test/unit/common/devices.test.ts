// Which device is meant by a choice, what stands in for it, and what a person is told when devices come and go.
import { describe, expect, it } from 'vitest'
import { deviceChange, routed, type DeviceChoices, type Devices } from '../../../common/devices.ts'

const desk = { id: 'd', label: 'Desk' }
const headset = { id: 'h', label: 'Headset' }
const twin = { id: 't', label: 'Headset' }
const nameless = { id: 'n', label: '' }

const choices = (chosen: Partial<DeviceChoices> = {}): DeviceChoices => ({
  microphone: 'default',
  speaker: 'default',
  ringer: 'default',
  microphoneLabel: '',
  speakerLabel: '',
  ringerLabel: '',
  ...chosen
})
const speakers = (...list: Devices['speakers']): Devices => ({ microphones: [], speakers: list })

describe('the device that is used', () => {
  it.each([
    ['the default, where that was chosen', 'default', '', [desk, headset], 'default'],
    ['the chosen one', 'h', 'Headset', [desk, headset], 'h'],
    ['the chosen one, whatever it is called by now', 'h', 'Other', [desk, headset], 'h'],
    ['the default, while the chosen one is away', 'h', 'Headset', [desk], 'default'],
    ['the one of that name, where ids are others', 'old', 'Headset', [desk, headset], 'h'],
    ['the default, where two have that name', 'old', 'Headset', [desk, headset, twin], 'default'],
    ['the one of that id, though two have its name', 't', 'Headset', [headset, twin], 't'],
    ['the default, where no name is known', 'old', '', [desk, nameless], 'default'],
    ['the default, while nobody has looked yet', 'h', 'Headset', [], 'default']
  ])('is %s', (_which, speaker, speakerLabel, list, used) => {
    expect(routed(choices({ speaker, speakerLabel }), speakers(...list)).speaker).toBe(used)
  })

  it('is found among microphones for speaking and among speakers for the rest', () => {
    const devices = { microphones: [headset], speakers: [desk] }
    expect(routed(choices({ microphone: 'h', speaker: 'h', ringer: 'd' }), devices)).toEqual({
      microphone: 'h',
      speaker: 'default',
      ringer: 'd'
    })
  })
})

describe('what a person is told', () => {
  const all: Devices = { microphones: [{ id: 'hm', label: 'Headset Mono' }], speakers: [desk, headset] }
  const without: Devices = { microphones: [], speakers: [desk] }
  const chosen = choices({
    microphone: 'hm',
    microphoneLabel: 'Headset Mono',
    speaker: 'h',
    speakerLabel: 'Headset',
    ringer: 'h',
    ringerLabel: 'Headset'
  })

  it('names each device once, whatever it was used for', () => {
    expect(deviceChange(chosen, all, without)).toEqual({ lost: ['Headset Mono', 'Headset'], back: [] })
    expect(deviceChange(chosen, without, all)).toEqual({ lost: [], back: ['Headset Mono', 'Headset'] })
  })

  it('is nothing where only others came or went', () => {
    expect(deviceChange(choices(), all, without)).toEqual({ lost: [], back: [] })
    expect(deviceChange(choices({ speaker: 'd', speakerLabel: 'Desk' }), all, without)).toEqual({ lost: [], back: [] })
  })

  it('is nothing where the same device has another id', () => {
    const renewed = { ...all, speakers: [desk, { ...headset, id: 'h2' }] }
    expect(deviceChange(choices({ speaker: 'h', speakerLabel: 'Headset' }), all, renewed)).toEqual({
      lost: [],
      back: []
    })
  })
})
