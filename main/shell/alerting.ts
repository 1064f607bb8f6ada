// Which calls alert the person now: the question that notification, ring window and tray icon all ask. Pure.
import type { CallView } from '../../common/snapshot.ts'
import { unreachable } from '../../common/result.ts'

/** True from the offer to the answer, wherever it is given. Before `ringing` the alert is what makes it ring. */
export const isAlerting = ({ direction, status, can }: CallView): boolean => {
  if (direction !== 'inbound') return false
  switch (status) {
    case 'new':
    case 'trying':
      return true
    case 'ringing':
      // An answer that is on its way to the server is an answer.
      return can.answer
    case 'accepted':
    case 'conversation':
    case 'paused':
    case 'finished':
    case 'flushed':
      return false
    default:
      return unreachable(status)
  }
}

export const alertingCalls = (calls: readonly CallView[]): readonly CallView[] => calls.filter(isAlerting)
