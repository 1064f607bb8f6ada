// A small model of the call server for the phone's unit tests: enough rules to take part in every row of the event
// table. A fake: the real rules are tested in server/ and in the integration tests.
import { otherRole, type CallRole } from '../../../../common/call/end.ts'
import type { CallEnd, CallSnapshot, MediaState, WireStatus } from '../../../../common/types.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import { limitMs, limitReason, peerOf, type FakeCall, type FakeDevice, type FakeLeg } from './fake-call.ts'
import { createFakeTalk } from './fake-talk.ts'

export { peerOf, type FakeCall, type FakeDevice, type FakeLeg } from './fake-call.ts'

export const createFakeServer = (
  now: () => number,
  push: (deviceId: string, snapshot: CallSnapshot) => void,
  /** The server's clock minus the phones'. */
  aheadMs = 5_000
) => {
  const calls: FakeCall[] = []
  const online = new Map<string, FakeDevice>()
  const once = new Map<string, Result<CallSnapshot>>()
  /** Which call a creation made: this is kept when the server is started anew, the answers are not. */
  const creations = new Map<string, string>()
  /** Which call another one came from by a transfer: never forgotten, for the test that asks. */
  const origins = new Map<string, string>()
  let boots = 1
  let ids = 0
  let isBusy = false
  let isSilent = false
  const time = (): number => now() + aheadMs

  const snapshot = (call: FakeCall, deviceId: string): CallSnapshot => {
    const leg = call.legs.find(({ device }) => device.deviceId === deviceId)
    const end = leg?.end ?? call.end
    return {
      id: call.id,
      seq: call.seq,
      status: (leg?.end ?? null) === null ? call.status : 'finished',
      direction: leg?.side === 'receptor' ? 'inbound' : 'outbound',
      caller: call.caller,
      receptor: call.receptor,
      leg: leg === undefined || leg.end !== null || call.end !== null ? 'gone' : leg.phase,
      media: { ...call.media },
      muted: { ...call.muted },
      held: { ...call.held },
      waiting: leg?.side === 'receptor' && call.waiting,
      silent: leg?.side === 'receptor' && call.silent,
      moving: leg?.movingSince !== null && leg?.movingSince !== undefined && leg.end === null,
      ...(leg?.side === 'caller' && call.transferOf !== null && { transferOf: call.transferOf.id }),
      transfer: call.transfer?.receptor ?? null,
      transferFailed: leg?.side === call.transferFailed?.by ? call.transferFailed : null,
      conference: call.conference === null ? [] : [call.conference.with],
      joinable: false,
      check: false,
      echo: false,
      createdAt: call.createdAt,
      talk: { ms: call.talkMs, since: call.talkSince },
      ...(end === null ? {} : { end }),
      now: time()
    }
  }

  const tellAll = (call: FakeCall): void => {
    call.seq += 1
    for (const { device, end } of call.legs) {
      if (end === null || end.at === time()) push(device.deviceId, snapshot(call, device.deviceId))
    }
  }

  const enter = (call: FakeCall, status: WireStatus): void => {
    if (call.talkSince !== null && status !== 'conversation') {
      call.talkMs += time() - call.talkSince
      call.talkSince = null
    }
    if (status === 'conversation') call.talkSince ??= time()
    call.status = status
    call.since = now()
    tellAll(call)
  }

  const finish = (call: FakeCall, reason: CallEnd['reason'], by: CallEnd['by'], detail?: CallEnd['detail']): void => {
    if (call.end !== null) return
    call.end = { reason, by, at: time(), ...(detail === undefined ? {} : { detail }) }
    enter(call, 'finished')
    talk.ended(call)
  }

  const accept = (call: FakeCall, leg: FakeLeg): void => {
    for (const other of call.legs) {
      if (other.side === 'receptor' && other !== leg && other.end === null) {
        other.end = { reason: 'call_received', by: 'receptor', detail: 'answered_elsewhere', at: time() }
      }
    }
    leg.phase = 'chosen'
    enter(call, 'accepted')
    talk.accepted(call)
  }

  const offer = (call: FakeCall, device: FakeDevice): void => {
    call.legs.push({ device, side: 'receptor', phase: 'offered', end: null, lostAt: null, movingSince: null })
    push(device.deviceId, snapshot(call, device.deviceId))
  }

  const isTalking = (username: string): boolean =>
    calls.some(
      ({ caller, receptor, talkSince, end }) =>
        end === null && talkSince !== null && (caller.username === username || receptor.username === username)
    )

  const create = (device: FakeDevice, to: string, transferOf: FakeCall | null = null): FakeCall | null => {
    if (to === '404') return null
    const call: FakeCall = {
      id: `c${(ids += 1)}`,
      caller: device.user,
      receptor: peerOf(to),
      seq: 1,
      status: 'new',
      since: now(),
      legs: [{ device, side: 'caller', phase: 'chosen', end: null, lostAt: null, movingSince: null }],
      media: { caller: 'disconnected', receptor: 'disconnected' },
      muted: { caller: false, receptor: false },
      held: { caller: false, receptor: false },
      waiting: isTalking(to),
      silent: isSilent,
      conference: null,
      transfer: null,
      transferFailed: null,
      transferOf,
      recallTo: null,
      talkMs: 0,
      talkSince: null,
      end: null,
      createdAt: time()
    }
    const crossing = calls.find(
      (other) =>
        transferOf === null &&
        other.caller.username === to &&
        other.receptor.username === device.user.username &&
        (other.status === 'trying' || other.status === 'ringing')
    )
    calls.push(call)
    if (transferOf !== null) origins.set(call.id, transferOf.id)
    enter(call, 'trying')
    const mine = crossing?.legs.find((leg) => leg.device.deviceId === device.deviceId && leg.end === null)
    if (crossing !== undefined && mine !== undefined) {
      finish(call, 'call_received', 'server', 'glare')
      accept(crossing, mine)
    } else if (isBusy) finish(call, 'busy', 'server')
    else for (const other of online.values()) if (other.user.username === to) offer(call, other)
    return call
  }

  const act = (call: FakeCall, leg: FakeLeg, name: string, data: Record<string, unknown>): Result<CallSnapshot> => {
    const done = (): Result<CallSnapshot> => ok(snapshot(call, leg.device.deviceId))
    if (leg.end !== null || call.end !== null) return name === 'call.hangup' ? done() : fail('call_session_finished')
    if (leg.movingSince !== null && talk.offered(call, leg, name)) return done()
    switch (name) {
      case 'call.ringing':
        if (leg.phase !== 'offered') return done()
        leg.phase = 'alerting'
        if (call.status === 'trying') enter(call, 'ringing')
        else tellAll(call)
        return done()
      case 'call.accept':
        if (leg.phase === 'chosen') return done()
        if (leg.phase !== 'alerting') return fail('not_allowed_now')
        accept(call, leg)
        return done()
      case 'call.decline':
        if (leg.phase === 'chosen' || leg.side === 'caller') return fail('not_allowed_now')
        for (const other of call.legs) {
          if (other.side === 'receptor' && other !== leg && other.end === null) {
            other.end = { reason: 'rejected', by: 'receptor', detail: 'declined_elsewhere', at: time() }
          }
        }
        finish(call, 'rejected', 'receptor')
        return done()
      case 'call.hangup':
        if (leg.phase !== 'chosen') return fail('not_allowed_now')
        finish(call, 'hangup', leg.side)
        return done()
      case 'call.mute':
        call.muted[leg.side] = data['muted'] === true
        tellAll(call)
        return done()
      default: {
        const code = talk.act(call, leg, name, data)
        return code === null ? done() : fail(code)
      }
    }
  }

  const carryOut = (device: FakeDevice, name: string, data: Record<string, unknown>): Result<CallSnapshot> => {
    if (name === 'call.create') {
      const made = create(device, String(data['to']))
      return made === null ? fail('not_found') : ok(snapshot(made, device.deviceId))
    }
    const call = calls.find(({ id }) => id === data['callId'])
    const leg = call?.legs.find((other) => other.device.deviceId === device.deviceId)
    return call === undefined || leg === undefined ? fail('invalid_call') : act(call, leg, name, data)
  }

  const talk = createFakeTalk({
    calls,
    devicesOf: (username) => [...online.values()].filter(({ user }) => user.username === username),
    now,
    time,
    tellAll,
    enter,
    finish,
    create
  })

  return {
    calls: calls as readonly FakeCall[],
    originOf: (callId: string): string | null => origins.get(callId) ?? null,
    boot: () => `boot${boots}`,
    time,
    setBusy: (busy: boolean) => {
      isBusy = busy
    },
    setSilent: (silent: boolean) => {
      isSilent = silent
    },
    kill: (call: FakeCall) => finish(call, 'killed', 'server'),
    request: (device: FakeDevice, name: string, requestId: string, data: Record<string, unknown>) => {
      const key = `${device.deviceId} ${requestId}`
      const made = calls.find(({ id }) => id === creations.get(key))
      const known = once.get(key)
      // A repeat is answered with the call as it is now.
      const about = made ?? (known?.ok === true ? calls.find(({ id }) => id === known.value.id) : undefined)
      const result =
        about === undefined ? (known ?? carryOut(device, name, data)) : ok(snapshot(about, device.deviceId))
      once.set(key, result)
      if (name === 'call.create' && result.ok) creations.set(key, result.value.id)
      return result
    },
    /** A device is here: what it is part of, and what became of the calls it names. */
    welcome: (device: FakeDevice, named: readonly string[]): readonly CallSnapshot[] => {
      online.set(device.deviceId, device)
      for (const call of calls) {
        const leg = call.legs.find((other) => other.device.deviceId === device.deviceId)
        if (leg !== undefined) leg.lostAt = null
        const isOpen = call.status === 'trying' || call.status === 'ringing'
        if (leg === undefined && isOpen && call.receptor.username === device.user.username) offer(call, device)
      }
      return calls
        .filter((call) => {
          const leg = call.legs.find((other) => other.device.deviceId === device.deviceId)
          return leg !== undefined && ((leg.end === null && call.end === null) || named.includes(call.id))
        })
        .map((call) => snapshot(call, device.deviceId))
    },
    gone: (device: FakeDevice) => {
      online.delete(device.deviceId)
      for (const { legs } of calls) for (const leg of legs) if (leg.device === device) leg.lostAt = now()
    },
    media: (call: FakeCall, side: CallRole, state: MediaState) => {
      if (call.end !== null || !['accepted', 'conversation', 'paused'].includes(call.status)) return
      if (call.media[side] === state) return
      call.media[side] = state
      const bothUp = state === 'connected' && call.media[otherRole(side)] === 'connected'
      if (bothUp) enter(call, 'conversation')
      else if (call.status === 'conversation') enter(call, 'paused')
      else tellAll(call)
    },
    /** What the passing of time ends. */
    tick: () => {
      for (const call of calls) {
        talk.tick(call)
        const limit = limitMs[call.status]
        if (call.end !== null) continue
        if (limit !== undefined && now() - call.since >= limit) {
          finish(call, limitReason[call.status as keyof typeof limitReason], 'server')
        } else if (
          call.legs.some(({ phase, lostAt }) => phase === 'chosen' && lostAt !== null && now() - lostAt >= 30_000)
        ) {
          finish(call, 'messaging_connection_broken', 'server')
        }
      }
    },
    /** Another run of the server; with `forgets` it has lost the live calls. */
    restart: (forgets: boolean) => {
      boots += 1
      online.clear()
      once.clear()
      for (const call of calls) {
        call.seq = 1
        if (forgets && call.end === null) call.end = { reason: 'unknown', by: 'server', at: time() }
      }
      if (forgets) calls.length = 0
    }
  }
}
export type FakeServer = ReturnType<typeof createFakeServer>
