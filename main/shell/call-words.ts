// A call in words, for menus and notifications: how it stands and what an answer would do. Pure.
import { isAnswered, isLive } from '../../common/call/status.ts'
import { catalogue } from '../../common/i18n/index.ts'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import { personLabel } from './people.ts'

/** Whether a call of this phone has the floor, so that another one would interrupt it. */
export const isTalking = (calls: readonly CallView[]): boolean => calls.some(({ floor }) => floor)

const statusLine = (locale: AppSnapshot['locale'], call: CallView): string => {
  const { shell: words, call: callWords } = catalogue(locale)
  const { direction, status, can, held } = call
  if (call.joinable && can.join) return words.readyToJoin
  if (call.moving && can.decline) return words.movingCall
  const isUnanswered = direction === 'inbound' && isLive(status) && !isAnswered(status)
  if (isUnanswered) return can.hangUp ? callWords.status.accepted : callWords.incoming
  // A talk without a connection says that first: it explains the silence better.
  if (status !== 'conversation') return callWords.status[status]
  if (held.mine) return words.onHold
  return held.theirs ? words.heldByPeer : callWords.status[status]
}

/** The call in words: an incoming one is that until it was answered, here or by the server's word. */
export const callLine = (locale: AppSnapshot['locale'], call: CallView): string => {
  const words = catalogue(locale).shell
  return words.callLine(personLabel(locale, call.peer), statusLine(locale, call))
}

/** What an answer does: it is the first, it holds another talk, it takes the talk over, or it returns to it. */
export const answerLabel = ({ locale, calls }: AppSnapshot, call: CallView): string => {
  const words = catalogue(locale).shell
  // What can be answered and not declined rings no more: the person left it and may return.
  if (!call.can.decline) return words.backToCall
  if (call.moving) return words.continueHere
  return isTalking(calls) ? words.holdAndAnswer : words.answer
}

/** Whether an answer can end another talk instead of holding it. */
export const mayEndAndAnswer = ({ calls }: AppSnapshot, { can, moving }: CallView): boolean =>
  can.decline && !moving && isTalking(calls)
