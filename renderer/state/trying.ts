// What can be said of a call that nobody's device has answered to yet. Pure: the server says nothing of who is online.
import { secondMs } from '../../common/time.ts'
import type { CallStatus } from '../../common/types.ts'

/** A device that is connected is up and alerts well within this. */
const alertMs = 5 * secondMs

/** Whether none of their devices seems to be connected: the server has been `trying` for a while and nothing rings. */
export const seemsOffline = (status: CallStatus, waitedMs: number): boolean =>
  status === 'trying' && waitedMs >= alertMs
