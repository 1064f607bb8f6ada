// The phone: the machine and its driver behind the gestures, the media requests and the views. No Electron, no socket.
import { createEmitter } from '../../common/emitter.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { Others } from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import type { MediaPush } from '../../common/protocol/media.ts'
import type { Push } from '../../common/protocol/socket.ts'
import { fail, ok, unreachable } from '../../common/result.ts'
import { isLive } from '../../common/call/status.ts'
import type { Clock } from '../../common/time.ts'
import type { DirectoryEntry } from '../../common/types.ts'
import type { Phone, SignalingSession } from '../ports.ts'
import { createAsks } from './asks.ts'
import { createDriver } from './driver.ts'
import { isTalk } from './machine-floor.ts'
import { can, dialRefusal, refusal, waitingFor } from './machine-may.ts'
import type { Fresh, Gesture } from './machine-state.ts'
import { createMediaRequests } from './media-requests.ts'
import { createReports } from './reports.ts'
import { createCheckView, createViews } from './view.ts'

export type PhoneDeps = {
  readonly session: Pick<
    SignalingSession,
    'account' | 'link' | 'onChanged' | 'request' | 'onPush' | 'onLost' | 'setResume' | 'setUrgent'
  >
  readonly clock: Clock
  /** Random, unguessable, at most 40 characters. */
  readonly newId: () => string
  readonly log: Logger
  /** The directory's entry of a username, so that a name stands there before the server answers. */
  /** By the directory. */
  readonly findPeer: (username: string) => DirectoryEntry | null
}

export const createPhone = ({ session, clock, newId, log, findPeer }: PhoneDeps): Phone => {
  const driver = createDriver({ request: session.request, clock, log })
  const mediaPushed = createEmitter<{ session: string; epoch: number; push: MediaPush }>((error) =>
    log.error('a listener for media failed', { error: String(error) })
  )
  const signalled = createEmitter<{ session: string; digits: string }>((error) =>
    log.error('a listener for digits failed', { error: String(error) })
  )
  const fresh = (): Fresh => ({ session: newId(), requests: newId() })
  const callOf = (key: string) => driver.phone().calls.find((call) => call.session === key)

  const views = createViews()
  const checkView = createCheckView()
  const asks = createAsks({
    request: session.request,
    newId,
    phone: driver.phone,
    changed: (call) => driver.dispatch({ kind: 'changed', call, fresh: fresh() })
  })
  const media = createMediaRequests({
    request: session.request,
    clock,
    find: (key) => {
      const call = callOf(key)
      return call !== undefined && isLive(call.status) ? { callId: call.callId, epoch: call.epoch } : null
    },
    onChanged: driver.changed.on
  })

  const reports = createReports({ request: session.request, newId, clock, log })
  driver.changed.on(() => reports.look(driver.phone().calls.filter(({ check }) => !check)))

  // The calls that the last handshake asked after: the welcome says what became of these.
  let named: readonly { callId: string; seq: number }[] = []
  session.setResume(() => {
    named = driver
      .phone()
      .calls.filter(({ status, tellings }) => isLive(status) || tellings.length > 0)
      .flatMap(({ callId, seq }) => (callId === null ? [] : [{ callId, seq: Math.max(0, seq) }]))
    return named
  })

  const take = (push: Push): void => {
    switch (push.name) {
      case 'session.welcome':
        driver.dispatch({
          kind: 'joined',
          boot: push.data.boot,
          now: push.data.now,
          calls: push.data.calls,
          named: named.map(({ callId }) => callId),
          fresh: push.data.calls.map(fresh)
        })
        return
      case 'call.changed':
        driver.dispatch({ kind: 'changed', call: push.data.call, fresh: fresh() })
        return
      case 'media.pushed': {
        const { callId, epoch } = push.data
        const call = driver.phone().calls.find((other) => other.callId === callId)
        if (call !== undefined && isLive(call.status) && call.epoch === epoch) {
          mediaPushed.emit({ session: call.session, epoch, push: push.data.push })
        } else log.debug('media of another making was dropped', { callId, epoch })
        return
      }
      case 'call.signalled': {
        const { callId, signal } = push.data
        const call = driver.phone().calls.find((other) => other.callId === callId)
        // Only what a talk of this phone brings is played; the opaque message has no reader yet.
        if (call !== undefined && isTalk(call) && signal.kind === 'dtmf') {
          signalled.emit({ session: call.session, digits: signal.digits })
        }
        return
      }
      case 'session.ended':
      case 'lists.changed':
      case 'availability.changed':
        return
      default:
        unreachable(push)
    }
  }

  const gesture = (made: Gesture): ReturnType<Phone['answer']> => {
    const code = refusal(driver.phone(), made)
    if (code !== null) return fail(code)
    driver.dispatch(made)
    return ok({})
  }

  const notDialled = (to: string): ErrorCode | null => {
    const account = session.account()
    if (account.state !== 'signedIn') return 'not_signed_in'
    if (account.user.username === to) return 'cannot_call_self'
    return session.link().state === 'joined' ? dialRefusal(driver.phone()) : 'disconnected'
  }
  const begin = (to: string, how: { readonly check: boolean; readonly others?: Others | undefined }) => {
    const made = fresh()
    const peer = findPeer(to) ?? { userId: '', username: to, names: { en: to, fa: '' } }
    driver.dispatch({ kind: 'dial', fresh: made, peer, ...how })
    return ok({ session: made.session })
  }

  const dial: Phone['dial'] = (to, others) => {
    const code = notDialled(to)
    if (code !== null) return fail(code)
    const waiting = waitingFor(driver.phone(), to)
    if (waiting !== null) {
      const kind = can(driver.phone(), waiting).join ? 'join' : 'answer'
      driver.dispatch({ kind, session: waiting.session, others })
      return ok({ session: waiting.session })
    }
    return begin(to, { check: false, others })
  }

  const dialCheck: Phone['dialCheck'] = (to) => {
    const code = notDialled(to)
    if (code !== null) return fail(code)
    // It is on no screen and in no tray: a person must not be called so, whoever asks.
    if (findPeer(to)?.kind !== 'echo') return fail('not_found')
    const isInCall = driver.phone().calls.some(({ status, check }) => isLive(status) && !check)
    return isInCall ? fail('not_allowed_now') : begin(to, { check: true })
  }

  const endAll = async (deadlineMs: number): Promise<void> => {
    driver.dispatch({ kind: 'closing' })
    const isTold = (): boolean =>
      !driver.phone().link.joined || driver.phone().calls.every(({ tellings }) => tellings.length === 0)
    await new Promise<void>((resolve) => {
      if (isTold()) {
        resolve()
        return
      }
      const done = (): void => {
        cancel()
        off()
        resolve()
      }
      const cancel = clock.at(clock.now() + deadlineMs, done)
      const off = driver.changed.on(() => {
        if (isTold()) done()
      })
    })
    driver.dispatch({ kind: 'closed' })
  }

  session.onPush(take)
  session.onLost(() => driver.dispatch({ kind: 'lost' }))
  session.onChanged(() => {
    // Also where the server did it: no microphone stays open behind the sign-in page.
    if (session.account().state !== 'signedOut') return
    driver.dispatch({ kind: 'closing' })
    driver.dispatch({ kind: 'closed' })
    reports.forget()
  })
  // Somebody rings on until they hear of a hang-up.
  driver.changed.on(() =>
    session.setUrgent(driver.phone().calls.some(({ status, tellings }) => isLive(status) || tellings.length > 0))
  )

  return {
    calls: () => views(driver.phone()),
    check: () => checkView(driver.phone()),
    tone: () => driver.wants().tone,
    onChanged: (listener) => driver.changed.on(() => listener()),
    onDelegate: driver.delegate.on,
    dial,
    dialCheck,
    onSignalled: signalled.on,
    answer: (key, others) => gesture({ kind: 'answer', session: key, others }),
    decline: (key) => gesture({ kind: 'decline', session: key }),
    hangUp: (key) => gesture({ kind: 'hangUp', session: key }),
    mute: (key, muted) => gesture({ kind: 'mute', session: key, muted }),
    hold: (key, held) => gesture({ kind: 'hold', session: key, held }),
    merge: (key, withKey) => gesture({ kind: 'merge', session: key, withSession: withKey }),
    split: (key) => gesture({ kind: 'split', session: key }),
    join: (key) => gesture({ kind: 'join', session: key }),
    ...asks,
    sample: reports.sample,
    rate: reports.rate,
    dismiss: (key) => gesture({ kind: 'dismiss', session: key }),
    alertShown: (key) => driver.dispatch({ kind: 'alertShown', session: key }),
    orders: () => driver.wants().orders,
    onOrders: driver.orders.on,
    onMediaPush: mediaPushed.on,
    mediaRequest: media.request,
    mediaCancel: media.cancel,
    mediaFact: (key, epoch, fact) => driver.dispatch({ kind: 'fact', session: key, epoch, fact }),
    engineGone: () => driver.dispatch({ kind: 'engineGone' }),
    endAll
  }
}
