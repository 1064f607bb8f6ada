// The closed list of failure codes that cross boundaries; sentences for people are in i18n.

export const errorCodes = [
  // The request itself.
  'bad_request',
  'too_large',
  'rate_limited',
  'timeout',
  'cancelled',
  'duplicate_request',
  // Who asks.
  'invalid_credentials',
  'unauthenticated',
  'access_denied',
  'sdk_version_not_supported',
  'insecure_server',
  // What is asked for.
  'not_found',
  'already_exists',
  'invalid_call',
  'call_session_finished',
  'not_allowed_now',
  /** A talk is to go on at another device of this person, and none is there. */
  'no_other_device',
  'stale',
  'cannot_call_self',
  'too_many_calls',
  'too_many_contacts',
  /** Another device of this person has changed the contact meanwhile. */
  'contact_changed',
  // Where it failed.
  'disconnected',
  'failed_to_connect',
  'overloaded',
  'unavailable',
  'internal',
  // The phone's own devices.
  'microphone_denied',
  'microphone_missing',
  'microphone_busy',
  'media_failed',
  'not_signed_in',
  'storage_failed',
  'settings_damaged',
  'file_not_saved',
  'no_number_copied',
  /** The system has not made Tamas the program that opens phone links. */
  'links_not_taken'
] as const

export type ErrorCode = (typeof errorCodes)[number]
