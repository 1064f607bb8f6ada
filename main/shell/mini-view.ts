// What the mini window shows, and when it is wanted: while a call of this phone goes on and the main window is not the
// one that is looked at. Pure.
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { AppSnapshot, CallView, MiniView } from '../../common/snapshot.ts'

/** The call it is about: the one with the floor, else one that was answered and waits on hold. Nothing that only rings. */
export const miniCall = (calls: readonly CallView[]): CallView | null => {
  const live = calls.filter(({ status }) => isLive(status))
  return live.find(({ floor }) => floor) ?? live.find(({ status, can }) => isAnswered(status) && can.hangUp) ?? null
}

/** Whether it is to be on the screen. */
export const wantsMini = ({ calls, settings }: AppSnapshot, isMainInFront: boolean): boolean =>
  settings.miniWindow && !isMainInFront && miniCall(calls) !== null

/** `now` is the app's clock, by which the talk time runs. */
export const miniView = ({ locale, settings, calls }: AppSnapshot, now: number): MiniView => {
  const { theme, digits, calendar } = settings
  const call = miniCall(calls)
  if (call === null) return { locale, settings: { theme, digits, calendar }, now, call: null }
  const { session, peer, conference, status, muted, held, talk, can } = call
  return {
    locale,
    settings: { theme, digits, calendar },
    now,
    call: {
      session,
      people: [peer, ...conference],
      status,
      muted,
      held,
      talk,
      // Of a conference both calls end, which is said in the main window.
      can: { mute: can.mute, resume: can.resume, hangUp: can.hangUp && !can.split }
    }
  }
}
