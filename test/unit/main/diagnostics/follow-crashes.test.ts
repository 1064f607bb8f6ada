// What of the processes that go away was not asked for by anybody.
import { expect, it, vi } from 'vitest'
import { isUnexpected } from '../../../../main/diagnostics/follow-crashes.ts'

vi.mock('electron', () => ({ app: {}, crashReporter: {} }))

it.each([
  ['ended as it should', { reason: 'clean-exit', exitCode: 0 }, false],
  ['the desktop session ends (SIGTERM)', { reason: 'killed', exitCode: 15 }, false],
  ['Ctrl+C in the terminal (SIGINT)', { reason: 'killed', exitCode: 2 }, false],
  ['the system wants the memory (SIGKILL)', { reason: 'killed', exitCode: 9 }, true],
  ['a fault of memory (SIGSEGV)', { reason: 'crashed', exitCode: 139 }, true],
  ['an end with a failure', { reason: 'abnormal-exit', exitCode: 2 }, true]
])('%s', (_name, gone, unexpected) => {
  expect(isUnexpected(gone)).toBe(unexpected)
})
