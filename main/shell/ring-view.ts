// What the ring window shows, and all it is told: who calls, in which language and colours. Pure.
import type { AppSnapshot, RingView } from '../../common/snapshot.ts'
import { alertingCalls } from './alerting.ts'
import { isTalking } from './call-words.ts'

export const ringView = ({ locale, settings, calls }: AppSnapshot): RingView => {
  const [first] = alertingCalls(calls)
  return {
    locale,
    theme: settings.theme,
    call:
      first === undefined
        ? null
        : { session: first.session, peer: first.peer, moving: first.moving, holds: !first.moving && isTalking(calls) }
  }
}
