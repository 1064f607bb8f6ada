// The contract's types without its schemas: what preload and renderer may import. No code at run time.
export type { CallStatus, WireStatus } from './call/status.ts'
export type { CallDirection, CallRole, EndAuthor, EndDetail, FinishReason } from './call/end.ts'
export type { Outcome, TransferOutcome } from './call/outcome.ts'
export type { Availability, CallEnd, CallSnapshot, LegPhase, MediaState, Names, Peer } from './protocol/values.ts'
export type {
  MediaFlow,
  MediaOpening,
  MediaPush,
  MediaRequestData,
  MediaRequestName,
  MediaRequestValue
} from './protocol/media.ts'
export type { HistoryDetails, HistoryEntry, HistoryMarks, HistoryWanted, TimelineEvent } from './protocol/history.ts'
export type { KeptRating, MeasuredSample, QualityPoint, SideQuality } from './protocol/quality.ts'
export type { Blocked, DirectoryEntry, Favourites, Preferences } from './protocol/rest.ts'
export type { Contact, ContactNumber, ContactsChange, NumberLabel } from './protocol/contacts.ts'
export type { Settings, SettingsChange } from './protocol/settings.ts'
