// Every request a phone may make: its schema, and who carries it out. Knows no sockets; decides no rights of a call,
// which are the call's (server/calls) and the media plan's (server/media).
import type { RequestId } from '../../common/ids.ts'
import { type RequestData, type RequestName, requests, type RequestValue } from '../../common/protocol/socket.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { CallCommand, Calls, Identity, MediaPlane, Session } from '../ports.ts'
import type { CallQuality } from '../quality/ports.ts'

/** Who asks: the session as it is now, and how it is renewed. */
export type Asker = {
  readonly session: () => Session
  readonly renewed: (session: Session) => void
}

export type Route = {
  readonly name: RequestName
  /** What it is counted with: media requests come in bursts of their own, and what is told of a talk can wait. */
  readonly countedAs: 'calls' | 'media' | 'quality'
  /** What to do for this data. Error: bad_request, naming the first field that does not fit. */
  readonly prepare: (data: unknown) => Result<Prepared>
}

type Carry = (asker: Asker, requestId: RequestId) => Promise<Result<unknown>>
export type Prepared = {
  readonly act: Carry
  /** The answer to a repeat, where the first one may be out of date by then. */
  readonly again?: Carry
}

export type RoutesDeps = {
  readonly identity: Pick<Identity, 'refresh' | 'verify'>
  readonly calls: Pick<Calls, 'create' | 'dispatch'>
  readonly media: Pick<MediaPlane, 'request'>
  readonly quality: CallQuality
}

type Run<N extends RequestName> = (
  asker: Asker,
  data: RequestData<N>,
  requestId: RequestId
) => Promise<Result<RequestValue<N>>>

const route = <N extends RequestName>(name: N, run: Run<N>, again?: Run<N>): Route => ({
  name,
  countedAs: name.startsWith('media.')
    ? 'media'
    : name === 'call.metrics' || name === 'call.rate'
      ? 'quality'
      : 'calls',
  prepare: (data) => {
    const parsed = requests[name].data.safeParse(data)
    if (!parsed.success) {
      const where = parsed.error.issues[0]?.path.join('.').slice(0, 100)
      return fail('bad_request', `${name}: ${where === undefined || where === '' ? 'data' : where} does not fit`)
    }
    const given = parsed.data as RequestData<N>
    return ok({
      act: (asker, requestId) => run(asker, given, requestId),
      ...(again && { again: (asker, requestId) => again(asker, given, requestId) })
    })
  }
})

export const createRoutes = ({ identity, calls, media, quality }: RoutesDeps): ReadonlyMap<string, Route> => {
  const command =
    <D extends { readonly callId: string }>(make: (deviceId: string, data: D) => CallCommand) =>
    (asker: Asker, data: D) =>
      calls.dispatch(data.callId, asker.session(), make(asker.session().deviceId, data))

  const address = (asker: Asker, { callId, epoch }: { readonly callId: string; readonly epoch: number }) => ({
    callId,
    epoch,
    deviceId: asker.session().deviceId
  })

  const renew: Run<'session.renew'> = async (asker, { refreshToken }) => {
    const rotated = await identity.refresh(refreshToken)
    if (!rotated.ok) return rotated
    const proven = await identity.verify(rotated.value.accessToken)
    if (!proven.ok) return proven
    const { userId, deviceId } = asker.session()
    if (proven.value.deviceId !== deviceId || proven.value.userId !== userId) return fail('access_denied')
    asker.renewed(proven.value)
    const { accessToken, accessExpiresAt } = rotated.value
    return ok({ accessToken, accessExpiresAt, refreshToken: rotated.value.refreshToken })
  }

  const openMedia: Run<'media.open'> = async (asker, { callId, epoch }) => {
    const { deviceId } = asker.session()
    // The call decides first: it knows the device's leg, and from then on the epoch is part of the media's plan.
    const allowed = await calls.dispatch(callId, asker.session(), { kind: 'mediaOpen', deviceId, epoch })
    return allowed.ok ? media.request({ callId, deviceId, epoch }, 'media.open', {}) : allowed
  }

  const report: Run<'media.report'> = async (asker, { callId, epoch, state }) => {
    const { deviceId } = asker.session()
    const up = state === 'connected'
    const told = await calls.dispatch(callId, asker.session(), { kind: 'mediaReport', deviceId, epoch, up })
    return told.ok ? ok({}) : told
  }

  // To make the call of a request that has made one gives that call as it is now.
  const create: Run<'call.create'> = (asker, data, requestId) => calls.create(asker.session(), { ...data, requestId })
  // A snapshot of then would set the phone back.
  const look = command((deviceId) => ({ kind: 'look', deviceId }))

  const routes: readonly Route[] = [
    route('session.renew', renew),
    route('call.create', create, create),
    route(
      'call.ringing',
      command((deviceId) => ({ kind: 'ringing', deviceId })),
      look
    ),
    route(
      'call.accept',
      command((deviceId) => ({ kind: 'accept', deviceId })),
      look
    ),
    route(
      'call.decline',
      command((deviceId) => ({ kind: 'decline', deviceId })),
      look
    ),
    route(
      'call.hangup',
      command((deviceId) => ({ kind: 'hangup', deviceId })),
      look
    ),
    route(
      'call.mute',
      command((deviceId, { muted }) => ({ kind: 'mute', deviceId, muted })),
      look
    ),
    route(
      'call.hold',
      command((deviceId, { held }) => ({ kind: 'hold', deviceId, held })),
      look
    ),
    route(
      'call.dtmf',
      command((deviceId, { digits }) => ({ kind: 'dtmf', deviceId, digits })),
      look
    ),
    route(
      'call.message',
      command((deviceId, { data }) => ({ kind: 'message', deviceId, data })),
      look
    ),
    route(
      'call.transfer',
      command((deviceId, { to, mode }) => ({ kind: 'transfer', deviceId, to, mode })),
      look
    ),
    route(
      'call.transferCancel',
      command((deviceId) => ({ kind: 'transferCancel', deviceId })),
      look
    ),
    route(
      'call.merge',
      command((deviceId, { withCallId }) => ({ kind: 'merge', deviceId, withCallId })),
      look
    ),
    route(
      'call.split',
      command((deviceId) => ({ kind: 'split', deviceId })),
      look
    ),
    route(
      'call.move',
      command((deviceId) => ({ kind: 'move', deviceId })),
      look
    ),
    route(
      'call.join',
      command((deviceId) => ({ kind: 'join', deviceId })),
      look
    ),
    route('call.metrics', (asker, batch) => quality.metrics(asker.session(), batch)),
    route('call.rate', (asker, rating) => quality.rate(asker.session(), rating)),
    route('media.open', openMedia),
    route('media.connect', (asker, data) => media.request(address(asker, data), 'media.connect', data)),
    route('media.produce', (asker, data) => media.request(address(asker, data), 'media.produce', data)),
    route('media.receive', (asker, data) => media.request(address(asker, data), 'media.receive', data)),
    route('media.restartIce', (asker, data) => media.request(address(asker, data), 'media.restartIce', data)),
    route('media.report', report)
  ]
  return new Map(routes.map((entry) => [entry.name, entry]))
}
