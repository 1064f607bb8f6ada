// A stretch of a talk as a page measures it, for tests of what becomes of it.
import type { MeasuredSample } from '../../../../common/types.ts'

export const sample: MeasuredSample = {
  spanMs: 6_000,
  mos: 4.2,
  lossIn: 0,
  lossOut: 0,
  jitterMs: 2,
  delayMs: 60,
  roundTripMs: 30,
  cause: null
}
