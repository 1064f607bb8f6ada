// What of the calls stands in the log: each line names its call, so that its story can be read by its id alone.
import { isLive } from '../../common/call/status.ts'
import type { DelegateEvent } from '../../common/delegate.ts'
import type { MediaFact } from '../../common/ipc.ts'
import type { Logger, LogLevel } from '../../common/log.ts'
import { unreachable } from '../../common/result.ts'
import type { PhoneEvent, PhoneState } from './machine-state.ts'

const levels: { readonly [K in MediaFact['kind']]: LogLevel } = {
  ready: 'info',
  lost: 'warn',
  back: 'info',
  rebuild: 'warn',
  failed: 'warn',
  recovered: 'info'
}

// What happened first, and which call it was at the end: the ids are long.

/** What came from outside and is heard by no delegate: sound that goes and comes, and the connection under live calls. */
export const noteEvent = (log: Logger, { calls, link }: PhoneState, event: PhoneEvent): void => {
  if (event.kind === 'fact') {
    const { session, epoch, fact } = event
    const callId = calls.find((call) => call.session === session)?.callId
    const code = fact.kind === 'failed' ? fact.code : undefined
    log[levels[fact.kind]]('the sound of a call', { is: fact.kind, code, epoch, session, callId: callId ?? undefined })
    return
  }
  if (event.kind !== 'lost' && event.kind !== 'joined') return
  const isJoined = event.kind === 'joined'
  if (link.joined === isJoined) return
  for (const { session, callId, status } of calls) {
    if (!isLive(status)) continue
    log.info(isJoined ? 'a call has its server again' : 'a call is without its server', {
      session,
      callId: callId ?? undefined
    })
  }
}

export const noteHeard = (log: Logger, heard: DelegateEvent): void => {
  const { session, callId } = heard.call
  switch (heard.kind) {
    case 'onCallStateChanged':
      log.info(heard.kind, { state: heard.state, session, callId })
      return
    case 'onCallFinished':
      log.info(heard.kind, { reason: heard.reason, session, callId })
      return
    case 'onMediaStateChanged':
      log.debug(heard.kind, { role: heard.role, from: heard.oldState, to: heard.newState, session, callId })
      return
    default:
      unreachable(heard)
  }
}
