// What the passing of time does to the phone, and what follows from a call's end once nothing is left to do. Pure.
import { isLive } from '../../common/call/status.ts'
import type { Failure } from '../../common/result.ts'
import { limits, type Call, type PhoneState } from './machine-state.ts'
import { finish, localEnd, talkMs } from './machine-end.ts'
import { hasAgreed } from './machine-may.ts'
import { current, moveTo, put, tell, type Turn } from './machine-turn.ts'

const timeout: Failure = { code: 'timeout' }

/** When the phone gives this live call up, should nothing be heard. */
const silenceEnds = (call: Call): number | null => {
  if (!isLive(call.status)) return null
  if (call.callId === null) return call.dialledAt + limits.createMs
  // A conversation may go on for ever without a word.
  return call.status === 'conversation' ? null : call.heardAt + limits.silentMs
}

/** When the longest talk time is used up, should the talk go on as it does. */
const timeUpAt = ({ talk, maxDurationMs, offsetMs }: Call): number | null =>
  talk.since === null || maxDurationMs === null ? null : talk.since + offsetMs + maxDurationMs - talk.ms

const timeLeft = (call: Call, now: number): Call['timeLeft'] => {
  if (call.maxDurationMs === null) return 'enough'
  const leftMs = call.maxDurationMs - talkMs(call, now)
  if (leftMs > limits.warnMs) return 'enough'
  return leftMs > limits.warnAgainMs ? 'minute' : 'seconds'
}

/** When the person is to be warned next that the talk time runs out. */
const nextWarning = (call: Call): number | null => {
  const upAt = isLive(call.status) ? timeUpAt(call) : null
  if (upAt === null || call.timeLeft === 'seconds') return null
  return upAt - (call.timeLeft === 'enough' ? limits.warnMs : limits.warnAgainMs)
}

/** Every time at which something is due. Each is in the future right after a step. */
export const deadlines = ({ link, calls }: PhoneState): readonly number[] => {
  const lost = !link.joined && link.since !== null ? [link.since + limits.lostMs] : []
  const ofCalls = calls.flatMap((call) => [
    silenceEnds(call),
    nextWarning(call),
    call.transferFailed?.until ?? null,
    call.ended?.giveUpAt ?? null,
    call.ended?.shownUntil ?? null,
    call.ended?.toneUntil ?? null,
    ...call.tellings.map(({ notBefore }) => notBefore)
  ])
  return [...lost, ...ofCalls.filter((at) => at !== null)]
}

/** The phone's own end of a call that the server has left alone. What this person takes part in is told, should the server come back. */
const giveUp = (turn: Turn, call: Call): void => {
  const trouble = call.trouble ?? (turn.phone.link.joined ? timeout : null)
  const informed = put(turn, { ...call, trouble })
  const over = finish(turn, informed, localEnd(turn, informed, 'messaging_connection_broken', 'server'), true)
  if (call.entry === 'dialled' || hasAgreed(call)) tell(turn, over, { name: 'call.hangup' })
}

const isDue = (turn: Turn, at: number | null): boolean => at !== null && at <= turn.now

const expireEnded = (turn: Turn, call: Call): Call => {
  const { ended } = call
  if (ended === null) return call
  const left = (at: number | null): number | null => (isDue(turn, at) ? null : at)
  const tellings = isDue(turn, ended.giveUpAt) ? [] : call.tellings
  return {
    ...call,
    tellings,
    ended: {
      ...ended,
      giveUpAt: left(ended.giveUpAt),
      shownUntil: left(ended.shownUntil),
      toneUntil: left(ended.toneUntil)
    }
  }
}

/** Does what was due by now. */
export const expire = (turn: Turn): void => {
  const { link } = turn.phone
  const isLost = !link.joined && link.since !== null && link.since + limits.lostMs <= turn.now
  if (isLost) turn.phone = { ...turn.phone, link: { joined: false, since: null } }
  for (const each of turn.phone.calls) {
    // The end of another, just before, may have moved it.
    const call = current(turn, each)
    const tellings = call.tellings.map((telling) =>
      isDue(turn, telling.notBefore) ? { ...telling, notBefore: null } : telling
    )
    const transferFailed = isDue(turn, call.transferFailed?.until ?? null) ? null : call.transferFailed
    const left = put(turn, expireEnded(turn, { ...call, tellings, transferFailed }))
    if (isLive(left.status) && (isLost || isDue(turn, silenceEnds(left)))) giveUp(turn, left)
  }
}

/** Lets go of what has ended: flushed once the server knows or no longer needs to, gone once it was shown. */
export const settle = (turn: Turn): void => {
  for (const call of turn.phone.calls) {
    const left = timeLeft(call, turn.now)
    if (isLive(call.status) && left !== call.timeLeft) put(turn, { ...call, timeLeft: left })
    if (call.status !== 'finished' || call.tellings.length > 0) continue
    const { ended } = call
    const done = put(turn, { ...call, ended: ended === null ? null : { ...ended, giveUpAt: null } })
    moveTo(turn, done, 'flushed', true)
  }
  const { calls: all, unnamed } = turn.phone
  if (unnamed.length > 0 && all.every(({ callId }) => callId !== null)) turn.phone = { ...turn.phone, unnamed: [] }
  const calls = turn.phone.calls.filter(
    ({ status, ended, tellings }) => status !== 'flushed' || tellings.length > 0 || ended?.shownUntil !== null
  )
  if (calls.length < turn.phone.calls.length) turn.phone = { ...turn.phone, calls }
}
