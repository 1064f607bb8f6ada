// Does what a command in a terminal asks for, as the tray's menu would, and says what became of it. Whoever can give one is
// the person: only their own programs reach the socket, so dialling asks no question, as a link does.
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { catalogue, type Catalogue } from '../../common/i18n/index.ts'
import type { Change, Command, CommandAnswer } from '../../common/protocol/command.ts'
import { unreachable, type Result } from '../../common/result.ts'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { Model } from '../model.ts'
import type { Phone } from '../ports.ts'
import { alertingCalls } from '../shell/alerting.ts'
import { findPerson, personLabel } from '../shell/people.ts'
import { joinWithinMs } from './run.ts'
import { phoneStatusOf, statusText } from './status.ts'

export type ObeyDeps = {
  readonly phone: Pick<Phone, 'dial' | 'answer' | 'decline' | 'hangUp' | 'mute' | 'hold'>
  readonly model: Pick<Model, 'snapshot' | 'onChanged'>
  readonly showWindow: () => void
  /** A call was answered: its window follows. */
  readonly answered: (session: string) => void
  readonly quit: () => void
  readonly clock: Clock
}

/** A terminal waits for what becomes of a call no longer than a person would. */
const takenWithinMs = 3 * secondMs

const done = (text: string): CommandAnswer => ({ outcome: 'done', text, status: null })
const refused = (text: string): CommandAnswer => ({ outcome: 'refused', text })

/**
 * The call that a word is about where it names none: the one that is talked in, else the oldest of which it can be said.
 * Of a conference it is the first: mute, hold and the end of one are those of both.
 */
const meant = ({ calls }: AppSnapshot, can: keyof CallView['can']): CallView | undefined => {
  const able = calls.filter((call) => call.can[can])
  return able.find(({ floor }) => floor) ?? able[0]
}

/** What rings is answered before what one may return to. */
const toAnswer = ({ calls }: AppSnapshot): CallView | undefined =>
  alertingCalls(calls)[0] ?? calls.find(({ can }) => can.decline) ?? calls.find(({ can }) => can.answer)

const isComing = ({ account, link }: AppSnapshot): boolean =>
  account.state === 'signingIn' ||
  (account.state === 'signedIn' && link.state !== 'joined' && link.state !== 'failed' && link.state !== 'terminated')

export const createObey = (deps: ObeyDeps): ((given: Command) => Promise<CommandAnswer>) => {
  const { phone, model, clock } = deps
  const now = (): AppSnapshot => model.snapshot()
  const words = (): Catalogue['command'] => catalogue(now().locale).command
  const sentence = (code: ErrorCode): CommandAnswer => refused(catalogue(now().locale).errors[code])
  const nameOf = ({ peer }: Pick<CallView, 'peer'>): string => personLabel(now().locale, peer)

  const withCall = (
    call: CallView | undefined,
    act: (session: string) => Result<unknown>,
    otherwise: string,
    say: (call: CallView) => string
  ): CommandAnswer => {
    if (call === undefined) return refused(otherwise)
    const acted = act(call.session)
    return acted.ok ? done(say(call)) : sentence(acted.error.code)
  }

  /** Resolves once it is so, or after that long. */
  const until = async (isSo: () => boolean, withinMs: number): Promise<void> => {
    if (isSo()) return
    await new Promise<void>((resolve) => {
      const settle = (): void => {
        stopWait()
        stopFollowing()
        resolve()
      }
      const stopWait = clock.at(clock.now() + withinMs, settle)
      const stopFollowing = model.onChanged(() => {
        if (isSo()) settle()
      })
    })
  }

  const dial = async ({ to, patient }: Command & { name: 'dial' }): Promise<CommandAnswer> => {
    if (patient) await until(() => !isComing(now()), joinWithinMs)
    const dialled = phone.dial(to)
    if (!dialled.ok) return sentence(dialled.error.code)
    const made = (): CallView | undefined => now().calls.find(({ session }) => session === dialled.value.session)
    // The server says whom it calls, and soon after that it rings there, or why it does not.
    await until(() => {
      const call = made()
      return call !== undefined && call.status !== 'new' && call.status !== 'trying'
    }, takenWithinMs)
    const call = made()
    // Of two who call each other, the other's call goes on: the person has what they wanted.
    if (call !== undefined && call.end !== null && call.end.outcome !== 'crossed') {
      const { errors, call: calls } = catalogue(now().locale)
      return refused(call.trouble === null ? calls.outcome[call.end.outcome] : errors[call.trouble.code])
    }
    const peer = call?.peer ?? findPerson(now().directory, to)
    return done(words().calling(personLabel(now().locale, peer)))
  }

  const answer = (): CommandAnswer => {
    const call = toAnswer(now())
    if (call === undefined) return refused(words().nothingRings)
    const answered = withCall(
      call,
      (session) => phone.answer(session),
      '',
      (it) => words().answered(nameOf(it))
    )
    if (answered.outcome === 'done') deps.answered(call.session)
    return answered
  }

  const mute = (change: Change): CommandAnswer => {
    const call = meant(now(), 'mute')
    const muted = change === 'toggle' ? call?.muted === false : change === 'on'
    return withCall(
      call,
      (session) => phone.mute(session, muted),
      words().noTalk,
      () => (muted ? words().muted : words().unmuted)
    )
  }

  const hold = (change: Change): CommandAnswer => {
    const talk = meant(now(), 'hold')
    const waiting = now().calls.find(({ can }) => can.resume)
    const isHolding = change === 'on' || (change === 'toggle' && talk !== undefined)
    // What is so already is done.
    if (change === 'on' && talk === undefined && waiting !== undefined) return done(words().held(nameOf(waiting)))
    if (change === 'off' && waiting === undefined && talk !== undefined) return done(words().resumed(nameOf(talk)))
    return isHolding
      ? withCall(
          talk,
          (session) => phone.hold(session, true),
          words().noTalk,
          (call) => words().held(nameOf(call))
        )
      : withCall(
          waiting,
          (session) => phone.hold(session, false),
          change === 'off' ? words().noneHeld : words().noTalk,
          (call) => words().resumed(nameOf(call))
        )
  }

  const quit = (): CommandAnswer => {
    // Here nobody can be asked, as the window would.
    const isInCall = now().calls.some(({ status, can }) => isLive(status) && (isAnswered(status) || can.hangUp))
    if (isInCall) return refused(words().inCall)
    deps.quit()
    return done(words().quitting)
  }

  return async (given) => {
    switch (given.name) {
      case 'dial':
        return dial(given)
      case 'answer':
        return answer()
      case 'decline': {
        const call = now().calls.filter(({ can }) => can.decline)
        const first = alertingCalls(call)[0] ?? call[0]
        return withCall(
          first,
          (session) => phone.decline(session),
          words().nothingRings,
          (it) => words().declined(nameOf(it))
        )
      }
      case 'hangup':
        return withCall(
          meant(now(), 'hangUp'),
          (session) => phone.hangUp(session),
          words().noCall,
          (call) => words().ended(nameOf(call))
        )
      case 'mute':
        return mute(given.change)
      case 'hold':
        return hold(given.change)
      case 'status':
        return {
          outcome: 'done',
          text: statusText(now(), clock.now()),
          status: phoneStatusOf(now(), clock.now())
        }
      case 'show':
        deps.showWindow()
        return done(words().shown)
      case 'quit':
        return quit()
      default:
        return unreachable(given)
    }
  }
}
