// What a key means for the calls of now: which call, and what is done with it. Pure; nothing is done here.
import { isLive } from '../../common/call/status.ts'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import type { Preferences } from '../../common/types.ts'
import type { Actions } from './actions.ts'
import { answerable, canReturnTo, floorOf } from './calls.ts'
import { disturbances } from './disturb.ts'
import type { Shortcut } from './shortcuts.ts'

export type Deed =
  | { readonly kind: 'answer' | 'decline' | 'hangUp'; readonly session: string }
  | { readonly kind: 'mute'; readonly session: string; readonly muted: boolean }
  | { readonly kind: 'hold'; readonly session: string; readonly held: boolean }
  | { readonly kind: 'redial'; readonly to: string }
  | { readonly kind: 'disturb'; readonly preferences: Preferences }

type Now = Pick<AppSnapshot, 'calls' | 'recents' | 'preferences'>

/** The held call after the one that talks, in their order and round again. */
const nextHeld = (calls: readonly CallView[]): CallView | null => {
  const at = calls.findIndex(({ floor }) => floor)
  const round = [...calls.slice(at + 1), ...calls.slice(0, at + 1)]
  return round.find(({ can }) => can.resume) ?? null
}

/** Whom this person has called last. */
const lastCalled = ({ calls, recents }: Now): string | null => {
  const [now] = calls.filter(({ direction }) => direction === 'outbound').slice(-1)
  return (now ?? recents.find(({ direction }) => direction === 'outbound'))?.peer.username ?? null
}

/** `stage` is the call that is in front; what can't be done now is null. */
export const deedOf = (shortcut: Shortcut, now: Now, stage: CallView | null): Deed | null => {
  const { calls } = now
  const [ringing] = answerable(calls)
  switch (shortcut) {
    case 'answer': {
      const taken = ringing ?? calls.find(canReturnTo)
      return taken ? { kind: 'answer', session: taken.session } : null
    }
    case 'decline':
      return ringing?.can.decline ? { kind: 'decline', session: ringing.session } : null
    case 'mute': {
      // Whoever wants not to be heard means the call that hears them.
      const talking = calls.find(({ floor, can }) => floor && can.mute)
      return talking ? { kind: 'mute', session: talking.session, muted: !talking.muted } : null
    }
    case 'hold': {
      const call = stage !== null && (stage.can.hold || stage.can.resume) ? stage : floorOf(calls)
      if (call?.can.resume) return { kind: 'hold', session: call.session, held: false }
      return call?.can.hold ? { kind: 'hold', session: call.session, held: true } : null
    }
    case 'next': {
      const held = nextHeld(calls)
      return held ? { kind: 'hold', session: held.session, held: false } : null
    }
    case 'hangUp': {
      const call = stage?.can.hangUp ? stage : calls.find(({ floor, can }) => floor && can.hangUp)
      return call ? { kind: 'hangUp', session: call.session } : null
    }
    case 'redial': {
      // In a call it would hold that one: a wish too large for one key.
      const to = calls.some(({ status }) => isLive(status)) ? null : lastCalled(now)
      return to === null ? null : { kind: 'redial', to }
    }
    case 'disturb': {
      const { preferences } = now
      const next = disturbances[(disturbances.indexOf(preferences.doNotDisturb) + 1) % disturbances.length] ?? 'off'
      return { kind: 'disturb', preferences: { ...preferences, doNotDisturb: next } }
    }
    case 'keypad':
    case 'transfer':
    case 'find':
    case 'contacts':
    case 'recents':
    case 'settings':
    case 'overview':
      return null
  }
}

export type DeedActions = Pick<
  Actions,
  'answer' | 'decline' | 'hangUp' | 'mute' | 'hold' | 'dial' | 'setPreferences' | 'tell'
>

export const carryOut = (deed: Deed, actions: DeedActions): void => {
  switch (deed.kind) {
    case 'answer':
    case 'decline':
    case 'hangUp':
      actions[deed.kind](deed.session)
      return
    case 'mute':
      actions.mute(deed.session, deed.muted)
      return
    case 'hold':
      actions.hold(deed.session, deed.held)
      return
    case 'redial':
      actions.dial(deed.to)
      return
    case 'disturb': {
      const { doNotDisturb } = deed.preferences
      void actions.setPreferences(deed.preferences).then((done) => {
        // The bell in the header may be out of sight.
        if (done) actions.tell('disturb', ({ several: { disturb } }) => disturb.isOn(disturb[doNotDisturb]))
      })
      return
    }
  }
}
