// How test reports become counts: nothing that failed may go uncounted.
import { describe, expect, it } from 'vitest'
import { addCounts, playwrightCounts, suiteCounts, vitestCounts } from '../../../scripts/support/test-report.ts'

const assertion = (status: string, fullName = 'a test') => ({ status, fullName })

describe('vitestCounts', () => {
  it('counts tests by their status and names those that were skipped', () => {
    const tests = [assertion('passed'), assertion('passed'), assertion('failed'), assertion('todo', 'later')]
    const report = { testResults: [{ status: 'failed', name: 'a.test.ts', assertionResults: tests }] }
    expect(vitestCounts(report)).toEqual({ passed: 2, failed: 1, skipped: [{ name: 'later', reason: 'todo' }] })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const report = { testResults: [{ status: 'failed', name: 'broken.test.ts', assertionResults: [] }] }
    expect(vitestCounts(report)).toEqual({ passed: 0, failed: 1, skipped: [] })
  })

  it('counts a file whose tests pass and whose tear-down fails', () => {
    const report = { testResults: [{ status: 'failed', name: 'a.test.ts', assertionResults: [assertion('passed')] }] }
    expect(vitestCounts(report)).toMatchObject({ passed: 1, failed: 1 })
  })
})

const spec = (title: string, status: string, ...annotations: { type: string; description?: string }[]) => ({
  title,
  tests: [{ status, annotations }]
})

describe('playwrightCounts', () => {
  it('finds the tests of nested suites', () => {
    const inner = { specs: [spec('one', 'expected'), spec('two', 'unexpected')] }
    const report = { suites: [{ specs: [spec('three', 'expected')], suites: [{ suites: [inner] }] }], errors: [] }
    expect(playwrightCounts(report)).toEqual({ passed: 2, failed: 1, skipped: [] })
  })

  it('takes a test that passed only when repeated as failed', () => {
    expect(playwrightCounts({ suites: [{ specs: [spec('one', 'flaky')] }], errors: [] })).toMatchObject({ failed: 1 })
  })

  it('counts errors outside of tests', () => {
    expect(playwrightCounts({ suites: [], errors: [{ message: 'no config' }] })).toMatchObject({ failed: 1 })
  })

  it('gives the reason of a skip', () => {
    const specs = [
      spec('one', 'skipped', { type: 'issue', description: '7' }, { type: 'skip', description: 'needs a keyring' }),
      spec('two', 'skipped', { type: 'skip' })
    ]
    expect(playwrightCounts({ suites: [{ specs }], errors: [] }).skipped).toEqual([
      { name: 'one', reason: 'needs a keyring' },
      { name: 'two', reason: 'no reason given' }
    ])
  })
})

describe('suiteCounts', () => {
  const passed = { passed: 3, failed: 0, skipped: [] }

  it('is the report where the runner agrees', () => {
    expect(suiteCounts(passed, 0)).toEqual(passed)
    expect(suiteCounts({ ...passed, failed: 2 }, 1)).toMatchObject({ failed: 2 })
  })

  it('has a failure where the runner failed and no test says so', () => {
    expect(suiteCounts(passed, 1)).toMatchObject({ passed: 3, failed: 1 })
    expect(suiteCounts(undefined, 1)).toMatchObject({ passed: 0, failed: 1 })
  })
})

it('adds suites up', () => {
  const skip = { name: 'a', reason: 'b' }
  const sum = addCounts([
    { passed: 1, failed: 0, skipped: [skip] },
    { passed: 2, failed: 1, skipped: [] }
  ])
  expect(sum).toEqual({ passed: 3, failed: 1, skipped: [skip] })
  expect(addCounts([])).toEqual({ passed: 0, failed: 0, skipped: [] })
})
