// Questions the screens ask about calls. Pure; the answers follow from the snapshot alone.
import { isLive } from '../../common/call/status.ts'
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
    live.find((call) => call.can.answer) ??
    live[0] ??
    calls.at(-1) ??
    null
  )
}

/** What the person would see of a call: each kind has its own screen. */
export type StageKind = 'incoming' | 'outgoing' | 'talking' | 'ended'

export const stageKind = (call: CallView): StageKind => {
  switch (call.status) {
    case 'finished':
    case 'flushed':
      return 'ended'
    case 'accepted':
    case 'conversation':
    case 'paused':
      return 'talking'
    case 'new':
    case 'trying':
    case 'ringing':
      return call.direction === 'inbound' ? 'incoming' : 'outgoing'
  }
}
