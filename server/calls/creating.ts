// New calls that somebody asked for: a phone that dials, a back end that brings two users together. Each request makes
// one call, however often it comes. How a call begins is making.ts's.
import { fail, ok, type Result } from '../../common/result.ts'
import type { CallId, DeviceId, UserId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { Clock } from '../../common/time.ts'
import type { CallSnapshot, Peer } from '../../common/types.ts'
import type { CallJournal, CallOrders, Calls, Screened, Screening, Session, User, Users } from '../ports.ts'
import type { Call } from './call.ts'
import type { EndedCalls } from './ended.ts'
import type { LiveCalls } from './live.ts'
import type { Mailbox } from './mailbox.ts'
import { noWishes, type Making } from './making.ts'
import { snapshotFor } from './views.ts'

export type Answer = Result<{ readonly call: CallSnapshot }>
type Request = Parameters<Calls['create']>[1]
type Order = Parameters<CallOrders['createFor']>[0]
type Ordered = Result<{ readonly callId: CallId }>

export type Creating = {
  readonly create: Calls['create']
  readonly createFor: CallOrders['createFor']
}

type Deps = {
  readonly live: LiveCalls
  readonly making: Making
  readonly mailbox: Mailbox
  readonly ended: EndedCalls
  readonly journal: CallJournal
  readonly users: Users
  readonly screening: Screening
  readonly devicesFor: (userId: UserId, call: Call) => readonly DeviceId[]
  readonly clock: Clock
  readonly log: Logger
  readonly isClosed: () => boolean
  /** Too much waits to be written: nothing new may begin. */
  readonly isBackedUp: () => boolean
}

export const peerOf = ({ userId, username, names }: User): Peer => ({ userId, username, names })

const tooMuch = fail('overloaded', 'too much waits to be written')

/** What is under way for a key is waited for by whoever asks again. */
const createTurns = <T>() => {
  const going = new Map<string, Promise<T>>()
  return (parts: readonly string[], act: () => Promise<T>): Promise<T> => {
    const key = JSON.stringify(parts)
    const there = going.get(key)
    if (there !== undefined) return there
    const made = act()
    going.set(key, made)
    void made.then(() => going.delete(key))
    return made
  }
}

export const createCreating = (deps: Deps): Creating => {
  const { live, making, mailbox, ended, journal, users, screening, clock, log } = deps
  const dialTurns = createTurns<Answer>()
  const orderTurns = createTurns<Ordered>()

  const failed = (error: unknown): ReturnType<typeof fail> => {
    log.error('call not created', { error: error instanceof Error ? error.message : String(error) })
    return fail('unavailable')
  }

  /** Decides, makes the call and all that follows from it within one tick: of two crossing calls one is the first. */
  const dial = async (
    { deviceId, applicationId }: Session,
    request: Request,
    { caller, receptor, screened }: { caller: User; receptor: User; screened: Screened }
  ): Promise<Answer> => {
    if (deps.isClosed()) return fail('unavailable')
    const { kind } = receptor
    const admission = making.judge({ callerId: caller.userId, receptorId: receptor.userId, kind, screened })
    if (admission.kind === 'refuse') return fail(admission.code)
    if (deps.isBackedUp()) return tooMuch
    const id = making.newCallId()
    // The phone learns the call's id from the answer, so nothing about it may come before the answer.
    const letGo = mailbox.hold(deviceId, admission.kind === 'glare' ? [id, admission.first] : [id])
    const made = making.begin(
      {
        id,
        roomId: making.newRoomId(),
        applicationId,
        kind,
        check: request.check === true && kind === 'echo',
        caller: peerOf(caller),
        receptor: peerOf(receptor),
        maxDurationMs: request.maxDurationMs ?? null,
        transferOf: null
      },
      { deviceId, requestId: request.requestId }
    )
    making.enter(made, deviceId, admission, false)
    const answer = snapshotFor(made.call, deviceId, clock.now())
    making.proceed(made, deviceId, admission)
    await made.durable
    // A turn of the clock later the answer is on its way.
    clock.at(clock.now(), letGo)
    return ok({ call: answer })
  }

  /** The call an earlier try of the same request has made, before or after a restart. */
  const again = async (callId: CallId, session: Session): Promise<Answer> => {
    const call = live.get(callId)?.call ?? (await ended.find(callId))
    return call === null ? fail('unavailable') : ok({ call: snapshotFor(call, session.deviceId, clock.now()) })
  }

  const dialOnce = async (session: Session, request: Request): Promise<Answer> => {
    try {
      const [earlier, caller, receptor] = await Promise.all([
        journal.findCreated(session.deviceId, request.requestId),
        users.byId(session.userId),
        users.byUsername(session.applicationId, request.to)
      ])
      if (earlier !== null) return await again(earlier, session)
      if (caller === null) return fail('unauthenticated')
      if (receptor === null) return fail('not_found')
      const screened = await screening.screen(receptor.userId, caller.userId)
      return await dial(session, request, { caller, receptor, screened })
    } catch (error) {
      return failed(error)
    }
  }

  const place = async (maker: DeviceId, { applicationId, requestId, caller, receptor, maxDurationMs }: Order) => {
    if (deps.isClosed()) return fail('unavailable')
    const { kind } = receptor
    // The echo service has nobody who could join; how the receptor is to be met is seen when the caller does.
    if (caller.kind === 'echo') return fail('not_allowed_now')
    const between = { callerId: caller.userId, receptorId: receptor.userId, kind, screened: noWishes }
    const admission = making.judge(between)
    if (admission.kind === 'refuse') return fail(admission.code)
    if (deps.isBackedUp()) return tooMuch
    const callId = making.newCallId()
    const made = making.begin(
      {
        id: callId,
        roomId: making.newRoomId(),
        applicationId,
        kind,
        caller: peerOf(caller),
        receptor: peerOf(receptor),
        maxDurationMs: maxDurationMs ?? null,
        transferOf: null
      },
      { deviceId: maker, requestId }
    )
    for (const deviceId of deps.devicesFor(caller.userId, made.call)) live.run(made, { kind: 'invite', deviceId })
    await made.durable
    return ok({ callId })
  }

  const placeOnce = async (maker: DeviceId, order: Order): Promise<Ordered> => {
    try {
      const earlier = await journal.findCreated(maker, order.requestId)
      return earlier === null ? await place(maker, order) : ok({ callId: earlier })
    } catch (error) {
      return failed(error)
    }
  }

  return {
    create: async (session, request) => {
      if (deps.isClosed()) return fail('unavailable')
      if (session.scope !== null) return fail('access_denied')
      return dialTurns([session.deviceId, request.requestId], () => dialOnce(session, request))
    },
    createFor: async (order) => {
      if (deps.isClosed()) return fail('unavailable')
      const maker = `app:${order.applicationId}`
      return orderTurns([maker, order.requestId], () => placeOnce(maker, order))
    }
  }
}
