// Whether a person is asked how a talk was, and how far that is. Pure; RateTalk.svelte shows it.
//
//              a talk of some seconds is over       Good                a moment
//   (nothing) ────────────────────────────▶ asking ──────▶ thanked ──────────────▶ (nothing)
//                                            │  │ Bad         ▲
//                  too long, closed, a call  │  └──▶ why ─────┘ a reason
//   (nothing) ◀──────────────────────────────┘◀───────┘ too long, closed, a call: what was said is said
import type { CallView } from '../../common/snapshot.ts'
import { isLive } from '../../common/call/status.ts'

export const rateLimits = {
  /** Of less nobody can say much. */
  talkMs: 5_000,
  askedMs: 20_000,
  thankedMs: 2_500
} as const

export type RateState =
  | { readonly step: 'nothing' }
  | {
      readonly step: 'asking' | 'why' | 'thanked'
      readonly session: string
      readonly peer: CallView['peer']
      readonly until: number
    }

export type Rating = {
  readonly state: RateState
  /** Whom nobody asks about once more. */
  readonly asked: readonly string[]
}
export const noRating: Rating = { state: { step: 'nothing' }, asked: [] }

const nothing = { step: 'nothing' } as const
const mostAsked = 20

/** After a look at the calls. `mayAsk` is the person's wish; nobody is asked while they are in a call. */
export const follow = (
  { state, asked }: Rating,
  calls: readonly Pick<CallView, 'session' | 'status' | 'peer' | 'talk'>[],
  mayAsk: boolean,
  now: number
): Rating => {
  const over = calls.filter(({ status }) => !isLive(status))
  const isBusy = over.length < calls.length
  const fresh = over.find(({ session, talk }) => talk.ms >= rateLimits.talkMs && !asked.includes(session))
  if (isBusy || !mayAsk) {
    // What ended meanwhile is not asked for later.
    const missed = fresh === undefined ? asked : [...asked, fresh.session].slice(-mostAsked)
    return { state: nothing, asked: missed }
  }
  if (fresh !== undefined) {
    const { session, peer } = fresh
    return {
      state: { step: 'asking', session, peer, until: now + rateLimits.askedMs },
      asked: [...asked, session].slice(-mostAsked)
    }
  }
  return state.step !== 'nothing' && now >= state.until ? { state: nothing, asked } : { state, asked }
}

export type Answer = 'good' | 'bad' | 'reason' | 'close'

export const answer = ({ state, asked }: Rating, given: Answer, now: number): Rating => {
  if (state.step === 'nothing' || given === 'close') return { state: nothing, asked }
  if (given === 'bad') return { state: { ...state, step: 'why', until: now + rateLimits.askedMs }, asked }
  return { state: { ...state, step: 'thanked', until: now + rateLimits.thankedMs }, asked }
}
