// Names for the identifiers that travel: all opaque strings, minted as the comment says, never credentials.

/** A call, minted by the server; the text before the first `.` names the node that owns it. */
export type CallId = string
/** A user, minted by the server. */
export type UserId = string
/** An installed phone of a user, minted by the server at sign-in. */
export type DeviceId = string
/** One call as one phone sees it, random, minted by the phone's main process. Never leaves the phone. */
export type SessionKey = string
/** Makes a request idempotent: the same id is carried out once. Random, minted by whoever asks. */
export type RequestId = string
/** The run of a server process: sequence numbers are compared only within one boot. */
export type BootId = string
