// Links from outside, end to end: the question, what is done once the person says so, and the sign-in that is good for one
// call, until that call is over. Does nothing without the person's word, and never logs what a link holds.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import { mayTryAgain, type JoinFailure, type LinkQuestion } from '../../common/links.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Failure, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { Phone, SignalingSession } from '../ports.ts'
import { ownCall, questionOf, type Around, type Asked } from './question.ts'
import { readLink, type LinkTarget } from './read-link.ts'

/** A call that nobody has joined lives a minute; a guest who hears of none after this long waits in vain. */
export const guestWaitMs = 90 * secondMs

export type Links = {
  readonly question: () => LinkQuestion | null
  readonly onChanged: (listener: () => void) => Unsubscribe
  /** A link has come. Asks, in place of what was asked before, unless a call is being joined at this moment. */
  readonly open: (text: string) => void
  /** The person says yes to this question. Errors: stale (another is asked by now), not_allowed_now. */
  readonly confirm: (id: string) => Promise<Result<Record<never, never>>>
  /** The person says no, or has read it. Errors: stale. */
  readonly dismiss: (id: string) => Result<Record<never, never>>
}

export type LinksDeps = {
  readonly session: Pick<SignalingSession, 'account' | 'link' | 'join' | 'signOut' | 'onChanged'>
  readonly phone: Pick<Phone, 'calls' | 'dial' | 'answer' | 'join' | 'onChanged'>
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Logger
}

type JoinTarget = LinkTarget & { kind: 'join' }

/** What is said where the link to the server was given up after the code was spent. */
const resultOfLink = ({ code }: Failure): JoinFailure =>
  code === 'sdk_version_not_supported' || code === 'access_denied' ? code : 'unknown_error'

export const createLinks = ({ session, phone, clock, newId, log }: LinksDeps): Links => {
  let asked: Asked | null = null
  let shown: LinkQuestion | null = null
  /** The sign-in for one call: whether its first welcome is still to come, and whether the call was ever there. */
  let guest: { readonly target: JoinTarget; isEntering: boolean; began: boolean; readonly stop: () => void } | null =
    null
  const changed = createEmitter<undefined>((error) => log.error('a listener to links threw', { error: String(error) }))

  const around = (): Around => ({ account: session.account(), link: session.link(), calls: phone.calls() })

  const refresh = (): void => {
    const next = questionOf(asked, around())
    // What says the same is the very same value: it is sent to no window.
    if (JSON.stringify(next) === JSON.stringify(shown)) return
    shown = next
    changed.emit(undefined)
  }
  const set = (next: Asked | null): void => {
    asked = next
    refresh()
  }

  const leaveCall = (): void => {
    void session.signOut() // It is signed out at once; what the server answers is of no use any more.
  }

  /** Joining is the person's word for the call that waits there; one that comes later rings. */
  const enterCall = ({ target }: { readonly target: JoinTarget }): void => {
    const call = ownCall(around(), target)
    if (call === null) return
    if (call.can.join) phone.join(call.session)
    else if (call.can.answer) phone.answer(call.session)
  }

  const followGuest = (): void => {
    if (guest === null) return
    const { account, link, calls } = around()
    if (account.state !== 'guest') {
      const { began, stop } = guest
      guest = null
      stop()
      if (asked === null) set({ id: newId(), at: 'left', began })
      return
    }
    if (calls.length > 0) guest.began = true
    if (link.state === 'failed') {
      log.warn('the server takes the sign-in of a call no more', { code: link.error.code })
      asked = { id: newId(), at: 'failed', target: guest.target, result: resultOfLink(link.error) }
      leaveCall()
    } else if (guest.began && calls.length === 0) leaveCall()
    else if (guest.isEntering && link.state === 'joined') {
      guest.isEntering = false
      enterCall(guest)
    }
  }

  const join = async (id: string, target: JoinTarget): Promise<void> => {
    set({ id, at: 'joining', target })
    const result = await session.join(target)
    const isWanted = asked?.id === id
    if (result !== 'success') {
      log.info('a call was not joined by a link', { result })
      if (isWanted) set({ id, at: 'failed', target, result })
      return
    }
    if (!isWanted) {
      // Cancelled meanwhile: nobody is brought into a call that they do not want.
      leaveCall()
      return
    }
    const stop = clock.at(clock.now() + guestWaitMs, () => {
      if (guest?.began === false) leaveCall()
    })
    guest = { target, isEntering: true, began: false, stop }
    set(null)
    followGuest()
  }

  /** With what is here already, so that the code stays unspent. Null where it was done. */
  const joinHere = (target: JoinTarget): Failure | null => {
    const call = ownCall(around(), target)
    if (call === null) return fail('not_allowed_now').error
    // A call that is under way here has only to be shown.
    const done = call.can.join ? phone.join(call.session) : call.can.answer ? phone.answer(call.session) : ok({})
    return done.ok ? null : done.error
  }

  const confirm: Links['confirm'] = async (id) => {
    if (asked?.id !== id || shown === null) return fail('stale')
    if (asked.at === 'failed') {
      if (!mayTryAgain(asked.result) || session.account().state !== 'signedOut') return fail('not_allowed_now')
      await join(id, asked.target)
      return ok({})
    }
    if (asked.at !== 'asked' && asked.at !== 'deferred') return fail('not_allowed_now')
    const { target } = asked
    if (shown.kind === 'dial' && shown.step === 'signIn') {
      set({ id, at: 'deferred', target })
      return ok({})
    }
    if ((shown.kind !== 'dial' && shown.kind !== 'join') || shown.step !== 'ask') return fail('not_allowed_now')
    if (target.kind === 'join' && session.account().state === 'signedOut') {
      await join(id, target)
      return ok({})
    }
    const dialled = target.kind === 'dial' ? phone.dial(target.to) : null
    const trouble = target.kind === 'join' ? joinHere(target) : dialled?.ok === false ? dialled.error : null
    set(trouble === null ? null : { id, at: 'asked', target, trouble: trouble.code })
    return ok({})
  }

  const follow = (): void => {
    followGuest()
    // A word about the last call is no longer of interest to somebody who signs in.
    if (asked?.at === 'left' && session.account().state !== 'signedOut') asked = null
    refresh()
  }
  session.onChanged(follow)
  phone.onChanged(follow)

  return {
    question: () => shown,
    onChanged: (listener) => changed.on(listener),
    open: (text) => {
      const read = readLink(text)
      log.info('a link came', read.ok ? { asksFor: read.target.kind } : { fault: read.fault })
      if (asked?.at === 'joining') return
      set(
        read.ok
          ? { id: newId(), at: 'asked', target: read.target, trouble: null }
          : { id: newId(), at: 'faulty', fault: read.fault }
      )
    },
    confirm,
    dismiss: (id) => {
      if (asked?.id !== id) return fail('stale')
      set(null)
      return ok({})
    }
  }
}
