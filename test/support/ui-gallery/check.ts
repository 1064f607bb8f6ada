// What the devices of a check of calls are like in the gallery's states. Fakes for eyes and tests.
import { ok } from '../../../common/result.ts'
import type { MediaProbe } from '../../../renderer/preflight/ports.ts'
import { fakeProbe } from './fake-sound.ts'
import type { StateName } from './states.ts'

const hears = (raw: boolean, processed: boolean): MediaProbe => ({
  ...fakeProbe,
  hearBack: async (how) => {
    const heard = how === 'raw' ? raw : processed
    return ok({ heard, overDb: heard ? 30 : 0 })
  }
})

/** Somebody who speaks, unless the state is about one who does not yet. */
export const checkOf = (name: StateName): { readonly probe: MediaProbe; readonly voice: number } => ({
  probe: name === 'check-asking' ? hears(false, false) : hears(true, true),
  voice: name === 'check-asking' || name === 'check-found' ? 0.6 : 0.42
})
