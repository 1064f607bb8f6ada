// What the fake server can do with an answered call: hold, transfer, conference, move. A fake, as fake-server.ts.
import { otherRole } from '../../../../common/call/end.ts'
import type { ErrorCode } from '../../../../common/errors.ts'
import type { CallEnd, Peer, WireStatus } from '../../../../common/types.ts'
import type { FakeCall, FakeDevice, FakeLeg } from './fake-call.ts'

type Deps = {
  readonly calls: readonly FakeCall[]
  readonly devicesOf: (username: string) => readonly FakeDevice[]
  readonly now: () => number
  readonly time: () => number
  readonly tellAll: (call: FakeCall) => void
  readonly enter: (call: FakeCall, status: WireStatus) => void
  readonly finish: (call: FakeCall, reason: CallEnd['reason'], by: CallEnd['by'], detail?: CallEnd['detail']) => void
  readonly create: (device: FakeDevice, to: string, transferOf: FakeCall) => FakeCall | null
}

const movingMs = 60_000

const isAnswered = ({ status }: FakeCall): boolean => ['accepted', 'conversation', 'paused'].includes(status)
const chosenOf = (call: FakeCall, side: FakeLeg['side']): FakeLeg | undefined =>
  call.legs.find((leg) => leg.side === side && leg.phase === 'chosen' && leg.end === null)

export const createFakeTalk = ({ calls, devicesOf, now, time, tellAll, enter, finish, create }: Deps) => {
  const part = (call: FakeCall): void => {
    const other = call.conference?.call
    call.conference = null
    if (other === undefined || other.conference === null) return
    other.conference = null
    tellAll(other)
  }

  const merge = (call: FakeCall, leg: FakeLeg, withCallId: unknown): ErrorCode | null => {
    const other = calls.find(({ id }) => id === withCallId)
    const otherLeg = other?.legs.find(({ device, phase, end }) => {
      return device === leg.device && phase === 'chosen' && end === null
    })
    if (other === undefined || otherLeg === undefined || other === call) return 'invalid_call'
    if (!isAnswered(other) || call.transfer !== null || other.transfer !== null) return 'not_allowed_now'
    if (call.conference?.call === other) return null
    if (call.conference !== null || other.conference !== null) return 'not_allowed_now'
    call.conference = { call: other, with: other[otherRole(otherLeg.side)], host: leg.device }
    other.conference = { call, with: call[otherRole(leg.side)], host: leg.device }
    for (const each of [call, other]) {
      each.held = { caller: false, receptor: false }
      tellAll(each)
    }
    return null
  }

  const transfer = (call: FakeCall, leg: FakeLeg, data: Record<string, unknown>): ErrorCode | null => {
    const theirs = chosenOf(call, otherRole(leg.side))
    const to = String(data['to'])
    if (call.transfer !== null || call.conference !== null || theirs === undefined) return 'not_allowed_now'
    if (to === theirs.device.user.username || to === leg.device.user.username) return 'cannot_call_self'
    const made = create(theirs.device, to, call)
    if (made === null) return 'not_found'
    if (data['mode'] === 'blind') {
      made.recallTo = leg.device.user
      finish(call, 'hangup', leg.side, 'transferred')
    } else if (made.end === null) {
      call.transfer = made
      call.transferFailed = null
      tellAll(call)
    }
    return null
  }

  const withdraw = (call: FakeCall): boolean => {
    const offered = call.legs.filter(({ movingSince, end }) => movingSince !== null && end === null)
    for (const leg of offered) leave(leg, 'answered_elsewhere')
    if (offered.length > 0) tellAll(call)
    return offered.length > 0
  }

  const leave = (leg: FakeLeg, detail: 'answered_elsewhere' | 'declined_elsewhere'): void => {
    leg.end = { reason: 'call_received', by: leg.side, detail, at: time() }
  }

  const move = (call: FakeCall, leg: FakeLeg): ErrorCode | null => {
    if (withdraw(call)) return null
    const others = devicesOf(leg.device.user.username).filter(
      (device) => !call.legs.some((each) => each.device === device && each.end === null)
    )
    call.legs = call.legs.filter(({ device }) => !others.includes(device))
    for (const device of others) {
      call.legs.push({ device, side: leg.side, phase: 'offered', end: null, lostAt: null, movingSince: now() })
    }
    tellAll(call)
    return null
  }

  const takeOver = (call: FakeCall, leg: FakeLeg): void => {
    for (const other of call.legs) {
      if (other.side === leg.side && other !== leg && other.end === null) leave(other, 'answered_elsewhere')
    }
    leg.phase = 'chosen'
    leg.movingSince = null
    call.media[leg.side] = 'disconnected'
    if (call.status === 'conversation') enter(call, 'paused')
    else tellAll(call)
  }

  return {
    act: (call: FakeCall, leg: FakeLeg, name: string, data: Record<string, unknown>): ErrorCode | null => {
      if (!isAnswered(call) || leg.phase !== 'chosen') return 'not_allowed_now'
      switch (name) {
        case 'call.hold':
          call.held[leg.side] = data['held'] === true
          tellAll(call)
          return null
        case 'call.dtmf':
          return null
        case 'call.merge':
          return merge(call, leg, data['withCallId'])
        case 'call.split':
          if (call.conference?.host !== leg.device) return 'not_allowed_now'
          part(call)
          tellAll(call)
          return null
        case 'call.transfer':
          return transfer(call, leg, data)
        case 'call.transferCancel':
          if (call.transfer === null) return 'not_allowed_now'
          finish(call.transfer, 'hangup', 'server')
          return null
        case 'call.move':
          return move(call, leg)
        default:
          return 'bad_request'
      }
    },
    /** A device to which a talk is offered: whether its word was about that. */
    offered: (call: FakeCall, leg: FakeLeg, name: string): boolean => {
      if (name === 'call.ringing') {
        leg.phase = 'alerting'
        tellAll(call)
      } else if (name === 'call.accept' && isAnswered(call)) takeOver(call, leg)
      else if (name === 'call.decline') {
        leave(leg, 'declined_elsewhere')
        tellAll(call)
      } else return false
      return true
    },
    accepted: (call: FakeCall): void => {
      const from = call.transferOf
      if (from?.transfer !== call) return
      const by = from.caller.username === call.caller.username ? 'receptor' : 'caller'
      from.transfer = null
      finish(from, 'hangup', by, 'transferred')
    },
    ended: (call: FakeCall): void => {
      part(call)
      if (call.transfer !== null) finish(call.transfer, 'hangup', 'server')
      const from = call.transferOf
      if (from?.transfer === call) {
        from.transfer = null
        const by = from.caller.username === call.caller.username ? 'receptor' : 'caller'
        const isTakenBack = call.end?.reason === 'hangup' && call.end.by === 'server'
        const reason = call.end?.reason ?? 'unknown'
        if (!isTakenBack) from.transferFailed = { to: call.receptor, by, reason, at: time() }
        if (from.end === null) tellAll(from)
      }
      const back: Peer | null = call.recallTo
      const caller = chosenOf(call, 'caller')
      if (back !== null && call.talkMs === 0 && call.talkSince === null && caller !== undefined) {
        call.recallTo = null
        if (call.end?.by !== 'caller') create(caller.device, back.username, call)
      }
    },
    tick: (call: FakeCall): void => {
      if (call.legs.some(({ movingSince }) => movingSince !== null && now() - movingSince >= movingMs)) withdraw(call)
    }
  }
}
