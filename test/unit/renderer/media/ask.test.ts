// What a refused media request asks for, for every code there is.
import { expect, it } from 'vitest'
import { errorCodes, type ErrorCode } from '../../../../common/errors.ts'
import { meaningOf, RefusedError } from '../../../../renderer/media/ask.ts'

const over: readonly ErrorCode[] = ['cancelled', 'invalid_call', 'call_session_finished']
const passing: readonly ErrorCode[] = [
  'disconnected',
  'timeout',
  'unavailable',
  'stale',
  'overloaded',
  'rate_limited',
  'internal'
]

it.each(errorCodes)('%s', (code) => {
  const means = over.includes(code) ? 'over' : passing.includes(code) ? 'again' : 'failed'
  expect(meaningOf(new RefusedError(code, undefined))).toBe(means)
})

it('what was thrown by the browser is told to the person', () => {
  expect(meaningOf(new TypeError('no'))).toBe('failed')
})
