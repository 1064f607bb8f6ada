// The tables as types, for the query builder. The truth about them is migrations.ts; times are milliseconds since the epoch.
import type { JSONColumnType } from 'kysely'
import type { CallRole, EndAuthor, EndDetail, FinishReason } from '../../common/call/end.ts'
import type { WireStatus } from '../../common/call/status.ts'
import type { Contact } from '../../common/protocol/contacts.ts'
import type { Rating, RatingReason } from '../../common/quality.ts'
import type { Preferences } from '../../common/protocol/rest.ts'
import type { LegPhase } from '../../common/protocol/values.ts'
import type { RefreshState } from '../identity/rotation.ts'
import type { StoredPassword } from '../identity/passwords.ts'
import type { StoredSample } from '../quality/stored.ts'

type Applications = { application_id: string; created_at: number }

type UsersTable = {
  user_id: string
  application_id: string
  username: string
  /** Unique within the application; see usernameKey in common/fold.ts. */
  username_folded: string
  names_en: string
  names_fa: string
  /** Number and names folded, for a search; see common/search-text.ts. */
  search_text: string
  kind: 'person' | 'echo'
  password: JSONColumnType<StoredPassword> | null
  created_at: number
}

type Devices = {
  device_id: string
  application_id: string
  user_id: string
  name: string
  platform: string
  created_at: number
  signed_in_at: number
}

/** A sign-in, and the family of all tokens that come from it. */
type Sessions = {
  session_id: string
  application_id: string
  user_id: string
  device_id: string
  created_at: number
  /** When its last refresh token runs out. */
  expires_at: number
  revoked_at: number | null
  /** The one call it is good for; null for a sign-in by password. */
  scope_call_id: string | null
}

type AccessTokens = { hash: string; session_id: string; expires_at: number }
type RefreshTokens = { hash: string; session_id: string; state: RefreshState; expires_at: number }

type CallsTable = {
  call_id: string
  application_id: string
  seq: number
  status: WireStatus
  caller_id: string
  receptor_id: string
  created_at: number
  started_at: number | null
  talk_ms: number
  end_reason: FinishReason | null
  end_by: EndAuthor | null
  end_detail: EndDetail | null
  finished_at: number | null
  creation_device_id: string | null
  creation_request_id: string | null
  /** The machine's value; null once the call is over. */
  state: JSONColumnType<object> | null
}

type CallLegs = { call_id: string; device_id: string; side: CallRole; phase: LegPhase; seq: number }
type CallEvents = { call_id: string; seq: number; kind: string; at: number; data: JSONColumnType<object> }
/** A few samples of how the talk was on one device, as server/quality/stored.ts writes them; `first` is the number of the first. */
type CallQualityTable = {
  call_id: string
  device_id: string
  side: CallRole
  first: number
  count: number
  samples: JSONColumnType<readonly StoredSample[]>
}
type CallRatings = { call_id: string; side: CallRole; rating: Rating; reason: RatingReason | null; rated_at: number }
/** One row for each side of a finished call: what its Recents are read from. */
type HistoryTable = {
  user_id: string
  call_id: string
  side: CallRole
  created_at: number
  finished_at: number
  /** The other side. */
  peer_id: string
  /** Whether this side missed it; see common/call/outcome.ts. */
  missed: boolean
  /** Taken away by this user: kept so that a record which is written once more does not bring it back. */
  removed: boolean
}
/** What is the same for all devices of a user: how far missed calls were seen, and how often rows came and went. */
type HistoryMarksTable = { user_id: string; seen_at: number; edition: number }

type FavouritesTable = { user_id: string; position: number; favourite_id: string }
type BlockedTable = { user_id: string; position: number; blocked_id: string }
type PreferencesTable = { user_id: string; call_waiting: boolean; do_not_disturb: Preferences['doNotDisturb'] }

/** Own contacts: `revision` is that of the last change; of a removed one there is no value. */
type ContactsTable = {
  user_id: string
  contact_id: string
  revision: number
  value: JSONColumnType<Omit<Contact, 'id'>> | null
}
type ContactBooks = { user_id: string; revision: number }

type ApplicationTokens = { hash: string; application_id: string; created_at: number }
/** Which orders for calls came under an idempotency key; the call itself is found by its creation. */
type CallOrdersTable = { application_id: string; key_hash: string; body_hash: string; created_at: number }
type JoinCodes = {
  hash: string
  application_id: string
  call_id: string
  side: CallRole
  user_id: string
  expires_at: number
  used_at: number | null
}

export type Tables = {
  applications: Applications
  users: UsersTable
  devices: Devices
  sessions: Sessions
  access_tokens: AccessTokens
  refresh_tokens: RefreshTokens
  calls: CallsTable
  call_legs: CallLegs
  call_events: CallEvents
  call_quality: CallQualityTable
  call_ratings: CallRatings
  history: HistoryTable
  history_marks: HistoryMarksTable
  favourites: FavouritesTable
  blocked: BlockedTable
  preferences: PreferencesTable
  contacts: ContactsTable
  contact_books: ContactBooks
  application_tokens: ApplicationTokens
  call_orders: CallOrdersTable
  join_codes: JoinCodes
}
