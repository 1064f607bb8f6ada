// What identity needs to have remembered: its port to server/store. Types only; every token comes here as a hash.
import type { DeviceId, UserId } from '../../common/ids.ts'
import type { Session, User } from '../ports.ts'
import type { StoredPassword } from './passwords.ts'

export type Account = { readonly user: User; readonly password: StoredPassword | null }

export type TokenHashes = {
  readonly accessHash: string
  readonly accessExpiresAt: number
  readonly refreshHash: string
  readonly refreshExpiresAt: number
}

export type NewSession = {
  readonly user: User
  readonly device: { readonly id: DeviceId | undefined; readonly name: string; readonly platform: string }
  readonly tokens: TokenHashes
  readonly now: number
  /** Absent: good for everything the user may. */
  readonly scope?: Session['scope']
}

export type Rotation =
  | { readonly outcome: 'rotated' }
  | { readonly outcome: 'refused' }
  /** The family was revoked because of this. */
  | { readonly outcome: 'reused'; readonly sessionId: string }

export type AccessFacts = {
  readonly sessionId: string
  readonly userId: UserId
  readonly deviceId: DeviceId
  readonly applicationId: string
  readonly expiresAt: number
  readonly revoked: boolean
  readonly scope: Session['scope']
}

/** Every method throws StoreUnavailable (server/store) while the database is away. */
export type IdentityStore = {
  readonly findAccount: (applicationId: string, username: string) => Promise<Account | null>
  readonly setPassword: (userId: UserId, password: StoredPassword) => Promise<void>
  /**
   * Opens a session, on the user's device of that id or else on a new one, whose id is minted here. A device has one
   * session: earlier ones are revoked, and their ids come back in `revoked`.
   */
  readonly openSession: (
    session: NewSession
  ) => Promise<{ readonly deviceId: DeviceId; readonly revoked: readonly string[] }>
  /** Exchanges a refresh token as identity/rotation.ts says, in one transaction. */
  readonly rotate: (presentedHash: string, next: TokenHashes, now: number) => Promise<Rotation>
  readonly findAccess: (accessHash: string) => Promise<AccessFacts | null>
  /** False if it was revoked before. */
  readonly revoke: (sessionId: string, now: number) => Promise<boolean>
  /** Forgets what expired. */
  readonly sweep: (now: number) => Promise<void>
}
