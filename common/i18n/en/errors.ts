// English: one sentence for every failure a person can meet. It says what happened and what to do.
import type { ErrorCode } from '../../errors.ts'

export const errorsEn: Record<ErrorCode, string> = {
  bad_request: 'That is not something the server understands. Check what you entered.',
  too_large: 'That is too long for the server.',
  rate_limited: 'Too many tries in a short time. Wait a moment and try again.',
  timeout: 'The server did not answer in time. Try again.',
  cancelled: 'Cancelled.',
  duplicate_request: 'This was already done.',
  invalid_credentials: 'The username or the password is wrong.',
  unauthenticated: 'Your sign-in has expired. Sign in again.',
  access_denied: 'You are not allowed to do that.',
  sdk_version_not_supported: 'This version of Tamas is too old for the server. Update the app.',
  insecure_server: 'This server address is not encrypted. Use an address that starts with https://.',
  not_found: 'There is nobody with this number.',
  already_exists: 'That exists already.',
  invalid_call: 'This call does not exist.',
  call_session_finished: 'This call is already over.',
  not_allowed_now: 'That is not possible at this moment of the call.',
  stale: 'The call has moved on since then.',
  cannot_call_self: 'That is your own number.',
  too_many_calls: 'You have too many calls at once. End one before you start another.',
  too_many_contacts: 'You can keep at most 10,000 contacts. Remove some before you add others.',
  disconnected: 'There is no connection to the server. Tamas is trying to bring it back.',
  failed_to_connect: 'The server could not be reached. Check the address and your network.',
  overloaded: 'The server has too much to do. Try again in a moment.',
  unavailable: 'The server cannot do that just now. Try again in a moment.',
  internal: 'Something went wrong. Try again.',
  microphone_denied: 'Tamas may not use the microphone. Allow it in the settings of your system.',
  microphone_missing: 'No microphone was found. Connect one; the call goes on.',
  microphone_busy: 'The microphone is in use by another program.',
  media_failed: 'The sound connection could not be made. Check whether your network lets calls through.',
  not_signed_in: 'Sign in first.',
  storage_failed: 'Your settings could not be saved. Check the free space on your disk.',
  settings_damaged:
    'Your settings could not be read, so they are as at the beginning. The old file is kept as settings.json.damaged.',
  file_not_saved: 'The file could not be saved. Choose another folder, or check the free space on your disk.'
}
