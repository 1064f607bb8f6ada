// The headsets of the states of the gallery. Fakes.
import type { Headset } from '../../../renderer/state/headset-port.ts'
import type { StateName } from './states.ts'

export const headsetsOf = (name: StateName): readonly Headset[] =>
  name === 'settings-sound-headsets'
    ? [
        { id: '1', name: 'Jabra EVOLVE LINK MS', state: 'ready' },
        { id: '2', name: 'Plantronics Blackwire 5220 Series', state: 'denied' }
      ]
    : []
