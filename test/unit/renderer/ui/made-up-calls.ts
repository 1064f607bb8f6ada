// The calls of the gallery's states, for tests that look at them or change them. Made up.
import type { CallView } from '../../../../common/snapshot.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'

/** What time it is in them, in ms. */
export const now = new Date(2026, 10, 20, 14, 36).getTime()
export const callsOf = (name: StateName): readonly CallView[] => snapshotOf(name, 'en', 'light', now).calls
export const callOf = (name: StateName, index = 0): CallView => {
  const call = callsOf(name)[index]
  if (call === undefined) throw new Error(`${name} has no call`)
  return call
}
