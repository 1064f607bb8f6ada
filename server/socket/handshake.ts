// The door: who may connect. Parses what a phone says of itself, compares versions, proves its token.
import type { UserId } from '../../common/ids.ts'
import { handshake, type Handshake } from '../../common/protocol/socket.ts'
import { minProtocolVersion, protocolVersion } from '../../common/protocol/values.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { Peer } from '../../common/types.ts'
import type { Identity, Session, Users } from '../ports.ts'

export type Admission = {
  readonly session: Session
  readonly user: Peer
  readonly resume: Handshake['resume']
  readonly attempt: Handshake['attempt']
}

/**
 * Whether the phone has given this try up for the one it now has: the network may bring an old one after its successor,
 * and to let it in would send the phone away for good.
 */
export const isGivenUp = (tried: Handshake['attempt'], present: Handshake['attempt']): boolean =>
  tried !== undefined && present !== undefined && tried.run === present.run && tried.number < present.number

export type DoorDeps = {
  readonly identity: Pick<Identity, 'verify'>
  readonly users: Pick<Users, 'byId'>
  /** Devices of this user that are connected now, this one not counted. */
  readonly otherDevices: (userId: UserId, deviceId: string) => number
  readonly maxDevicesPerUser: number
}

const understandsUs = (given: Handshake): boolean =>
  given.protocol >= minProtocolVersion && given.minProtocol <= protocolVersion

/** Errors: bad_request, sdk_version_not_supported, unauthenticated, rate_limited, unavailable. */
export const admit = async (auth: unknown, deps: DoorDeps): Promise<Result<Admission>> => {
  const parsed = handshake.safeParse(auth)
  if (!parsed.success) return fail('bad_request', 'the handshake does not fit')
  if (!understandsUs(parsed.data)) {
    return fail('sdk_version_not_supported', `this server speaks ${minProtocolVersion} to ${protocolVersion}`)
  }
  const proven = await deps.identity.verify(parsed.data.accessToken)
  if (!proven.ok) return proven
  const session = proven.value
  const user = await deps.users.byId(session.userId)
  if (user === null) return fail('unauthenticated', 'there is no such user any more')
  if (deps.otherDevices(session.userId, session.deviceId) >= deps.maxDevicesPerUser) {
    return fail('rate_limited', 'too many devices of this user are connected')
  }
  const { userId, username, names } = user
  const { resume, attempt } = parsed.data
  return ok({ session, user: { userId, username, names }, resume, attempt })
}
