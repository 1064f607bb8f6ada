// Which calls alert the person now: the question that notification, ring window and tray icon all ask. Pure.
import type { CallView } from '../../common/snapshot.ts'

/**
 * True from the offer to the answer, wherever it is given: an answer that is on its way to the server is an answer. Before
 * `ringing` the alert is what makes it ring. Who does not want to be disturbed finds the call in the window only.
 */
export const isAlerting = ({ can, silent }: CallView): boolean => can.decline && !silent

export const alertingCalls = (calls: readonly CallView[]): readonly CallView[] => calls.filter(isAlerting)
