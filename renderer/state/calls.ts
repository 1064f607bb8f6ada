// Questions the screens ask about calls. Pure; the answers follow from the snapshot alone.
import { isLive } from '../../common/call/status.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import type { CallView } from '../../common/snapshot.ts'

/** Talk time at `now` in milliseconds; it stands still while the call is paused or over. */
export const talkTime = (talk: CallView['talk'], now: number): number =>
  talk.ms + (talk.since === null ? 0 : Math.max(0, now - talk.since))

/**
 * The call that has the stage: the one chosen by hand while it lives; else one that rings while nobody talks; else the
 * one with the floor, any live one, and last one that has just ended.
 */
export const onStage = (calls: readonly CallView[], chosen: string | null): CallView | null => {
  const live = calls.filter((call) => isLive(call.status))
  return (
    live.find((call) => call.session === chosen) ??
    live.find((call) => call.floor) ??
    live.find(canBeAnswered) ??
    live[0] ??
    calls.at(-1) ??
    null
  )
}

/** Whether it rings here and can be answered. A call that the person can return to can be answered too, and rings no more. */
export const canBeAnswered = ({ can }: CallView): boolean => can.answer && can.decline

/** Whether it goes on without this person, who may return to it: the app was started again. */
export const canReturnTo = ({ can }: CallView): boolean => can.answer && !can.decline

/** How a call ended, in words. What the server would not make is told by its refusal. */
export const endWords = ({ end, trouble }: CallView, strings: Catalogue): string => {
  if (end === null) return strings.call.status.finished
  return end.outcome === 'unknown' && trouble !== null
    ? strings.errors[trouble.code]
    : strings.call.outcome[end.outcome]
}

/** What the person would see of a call: each kind has its own screen. */
export type StageKind = 'incoming' | 'outgoing' | 'connecting' | 'talking' | 'ended'

export const stageKind = (call: CallView): StageKind => {
  switch (call.status) {
    case 'finished':
    case 'flushed':
      return 'ended'
    case 'accepted':
      return 'connecting'
    case 'conversation':
    case 'paused':
      return 'talking'
    case 'new':
    case 'trying':
    case 'ringing':
      if (call.direction === 'outbound') return 'outgoing'
      // Answered here, which the server has not heard yet: it can only be hung up.
      return call.can.hangUp ? 'connecting' : 'incoming'
  }
}
