// What a headset's button means for the calls of now, and which lights they want. Pure.
import { isLive } from '../../common/call/status.ts'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import { deedOf, type Deed } from '../state/call-keys.ts'
import { canBeAnswered, floorOf } from '../state/calls.ts'
import type { Lights } from './reports.ts'
import type { HeadsetEvent } from './sync.ts'

type Now = Pick<AppSnapshot, 'calls' | 'recents' | 'preferences'>

const ringingIn = (calls: readonly CallView[]): CallView | undefined =>
  calls.find((call) => canBeAnswered(call) && !call.silent)

export const lightsFor = (calls: readonly CallView[]): Lights => {
  const floor = floorOf(calls)
  const own = calls.filter(({ status, can }) => isLive(status) && can.hangUp)
  return {
    offHook: own.length > 0,
    ring: ringingIn(calls) !== undefined,
    mute: floor?.muted ?? false,
    hold: floor === null && own.some(({ held }) => held.mine)
  }
}

const muted = (calls: readonly CallView[], wanted: boolean): Deed | null => {
  const call = calls.find(({ floor, can }) => floor && can.mute)
  return call === undefined || call.muted === wanted ? null : { kind: 'mute', session: call.session, muted: wanted }
}

/** The call that the button ends: the one that talks, else the only one there is. */
const endable = (calls: readonly CallView[]): CallView | null => {
  const own = calls.filter(({ status, can }) => isLive(status) && can.hangUp)
  return own.find(({ floor }) => floor) ?? (own.length === 1 ? (own[0] ?? null) : null)
}

/** Null where it means nothing now. The button that takes a call off the hook never makes one. */
export const headsetDeed = (event: HeadsetEvent, now: Now): Deed | null => {
  const { calls } = now
  const ringing = ringingIn(calls)
  const mine = endable(calls)
  const answer: Deed | null = ringing ? { kind: 'answer', session: ringing.session } : null
  const end: Deed | null = mine ? { kind: 'hangUp', session: mine.session } : null
  switch (event) {
    case 'hookOff':
      return answer
    case 'hookOn':
      return end
    case 'hookPressed':
      // In a talk the button ends that: the second call is answered by it then.
      return mine?.floor ? end : (answer ?? end)
    case 'drop':
      return ringing ? { kind: 'decline', session: ringing.session } : end
    case 'flash':
      // Who rings alone is answered by the hook; during a talk flash takes the second call, and else holds.
      if (ringing) return mine === null ? null : answer
      return deedOf('hold', now, mine)
    case 'mutePressed':
      return deedOf('mute', now, null)
    case 'muteOn':
      return muted(calls, true)
    case 'muteOff':
      return muted(calls, false)
  }
}
