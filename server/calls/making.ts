// How calls begin, whoever wants one: made, entered by the caller's device, brought to the receptor. Who may want one,
// and how that is answered, is registry.ts's and together.ts's.
import { unreachable } from '../../common/result.ts'
import type { CallId, DeviceId, RequestId, UserId } from '../../common/ids.ts'
import type { Clock } from '../../common/time.ts'
import type { Presence, Screened } from '../ports.ts'
import { admit, type Admission } from './admit.ts'
import { echoDevice, type Call } from './call.ts'
import { newCall, type CallSpec } from './create.ts'
import type { CallLimits } from './limits.ts'
import type { LiveCall, LiveCalls } from './live.ts'

export type Admitted = Exclude<Admission, { readonly kind: 'refuse' }>

type Between = Pick<Call, 'kind'> & {
  readonly callerId: UserId
  readonly receptorId: UserId
  readonly screened: Screened
  /** The call itself, where it has been made already. */
  readonly besides?: CallId
}

export type Making = {
  readonly newCallId: () => CallId
  readonly newRoomId: () => string
  readonly judge: (between: Between) => Admission
  readonly begin: (
    spec: Omit<CallSpec, 'rules'>,
    creation?: { readonly deviceId: DeviceId; readonly requestId: RequestId }
  ) => LiveCall
  /** `deviceId` joins as the caller. `quietly`: it is answered with the outcome. */
  readonly enter: (made: LiveCall, deviceId: DeviceId, admission: Admitted, quietly: boolean) => void
  /** Brings the receptor into the call that its caller has entered, or turns the call away. */
  readonly proceed: (made: LiveCall, deviceId: DeviceId, admission: Admitted) => void
}

type Deps = {
  readonly live: LiveCalls
  readonly presence: Presence
  /** The devices of a user that may be offered this call now. */
  readonly devicesFor: (userId: UserId, call: Call) => readonly DeviceId[]
  readonly clock: Clock
  readonly limits: CallLimits
  readonly nodeId: string
  readonly newId: () => string
}

/** The wishes of somebody who has none. */
export const noWishes: Screened = { callWaiting: true, doNotDisturb: 'off', blocked: false }

export const createMaking = ({ live, presence, devicesFor, clock, limits, nodeId, newId }: Deps): Making => {
  const callsOf = (userId: UserId, besides: CallId | undefined): readonly Call[] =>
    live.of(userId).flatMap(({ call }) => (call.id === besides ? [] : [call]))

  return {
    newCallId: () => `${nodeId}.${newId()}`,
    newRoomId: newId,
    judge: ({ callerId, receptorId, kind, screened, besides }) =>
      admit({
        callerId,
        receptorId,
        kind,
        screened,
        callerCalls: callsOf(callerId, besides),
        receptorCalls: callsOf(receptorId, besides),
        calls: live.count() - (besides === undefined ? 0 : 1),
        limits
      }),
    begin: (spec, creation) => {
      const { kind, maxDurationMs } = spec
      const longest = kind === 'echo' ? Math.min(maxDurationMs ?? Infinity, limits.echoMaxDurationMs) : maxDurationMs
      return live.begin(newCall({ ...spec, maxDurationMs: longest, rules: limits.rules }, clock.now()), creation)
    },
    enter: (made, deviceId, admission, quietly) => {
      const reception = admission.kind === 'offer' ? { reception: admission.reception } : {}
      live.run(made, { kind: 'join', deviceId, ...reception }, quietly ? deviceId : undefined)
      // The connection may have gone while we looked up who is called.
      if (!presence.online(made.call.caller.userId).includes(deviceId)) live.run(made, { kind: 'socketLost', deviceId })
    },
    proceed: (made, deviceId, admission) => {
      switch (admission.kind) {
        case 'busy':
          live.run(made, { kind: 'turnAway', why: 'busy' })
          return
        case 'glare': {
          live.run(made, { kind: 'turnAway', why: 'glare' })
          const first = live.get(admission.first)
          if (first === null) return
          // Who dials someone whose call is waiting has thereby answered it.
          live.run(first, { kind: 'offer', deviceId })
          live.run(first, { kind: 'ringing', deviceId })
          live.run(first, { kind: 'accept', deviceId })
          return
        }
        case 'offer': {
          const { kind, receptor } = made.call
          const devices = kind === 'echo' ? [echoDevice] : devicesFor(receptor.userId, made.call)
          for (const device of devices) live.run(made, { kind: 'offer', deviceId: device })
          if (kind === 'echo') live.run(made, { kind: 'ringing', deviceId: echoDevice })
          return
        }
        default:
          unreachable(admission)
      }
    }
  }
}
