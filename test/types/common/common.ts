// What must not compile in common/: any process's own APIs, codes and states that there are not. Never run.
/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-call -- what must not compile has no type */
import type { DelegateEvent } from '../../../common/delegate.ts'
import { fail, type Result } from '../../../common/result.ts'
import type { CallStatus } from '../../../common/types.ts'

// @ts-expect-error: an error code is one of the closed list
export const code: Result<string> = fail('exploded')

// @ts-expect-error: a status is one of eight
export const status: CallStatus = 'held'

export const events = (event: DelegateEvent): unknown => {
  // @ts-expect-error: only onCallFinished has a reason
  if (event.kind === 'onCallStateChanged') return event.reason
  // @ts-expect-error: no such event
  if (event.kind === 'onCallExploded') return null
  // @ts-expect-error: events are values, nobody changes them
  event.call.session = 's'
  return event
}

export const apis = (): readonly unknown[] => [
  // @ts-expect-error: there is no page
  document.title,
  // @ts-expect-error: no process
  process.env,
  // @ts-expect-error: no timers: the clock is handed in
  setTimeout(() => undefined, 1)
]
