// What a failed question to join a call means as one of the join results. Pure.
import type { ErrorCode } from '../../common/errors.ts'
import type { JoinFailure } from '../../common/links.ts'
import type { Failure } from '../../common/result.ts'

const meanings: Partial<Record<ErrorCode, JoinFailure>> = {
  // Nobody was reached, or nobody who can work now.
  failed_to_connect: 'failed_to_connect',
  timeout: 'failed_to_connect',
  unavailable: 'failed_to_connect',
  overloaded: 'failed_to_connect',
  sdk_version_not_supported: 'sdk_version_not_supported',
  access_denied: 'access_denied',
  invalid_call: 'invalid_call',
  call_session_finished: 'call_session_finished'
}

export const joinResultOf = ({ code }: Failure): JoinFailure => meanings[code] ?? 'unknown_error'
