// Reads what Vitest's and Playwright's JSON reporters write, as counts. Pure: the files are read by scripts/test.ts.

export type Skip = { readonly name: string; readonly reason: string }
export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: readonly Skip[] }

const none: Counts = { passed: 0, failed: 0, skipped: [] }

export const addCounts = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: [...sum.skipped, ...counts.skipped]
    }),
    none
  )

export type VitestReport = {
  readonly testResults: readonly {
    readonly status: string
    readonly name: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** A test file that could not be loaded has no tests in the report: it counts as one failure. */
const fileFailed = (file: VitestReport['testResults'][number]): boolean =>
  file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')

export const vitestCounts = (report: VitestReport): Counts => {
  const tests = report.testResults.flatMap((file) => file.assertionResults)
  const count = (status: string): number => tests.filter((test) => test.status === status).length
  return {
    passed: count('passed'),
    failed: count('failed') + report.testResults.filter(fileFailed).length,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ status, fullName }) => ({ name: fullName, reason: status }))
  }
}

type PlaywrightSuite = {
  readonly suites?: readonly PlaywrightSuite[]
  readonly specs?: readonly {
    readonly title: string
    readonly tests: readonly {
      readonly status: string
      readonly annotations: readonly { readonly type: string; readonly description?: string }[]
    }[]
  }[]
}
export type PlaywrightReport = { readonly suites: readonly PlaywrightSuite[]; readonly errors: readonly unknown[] }

const specsOf = (suite: PlaywrightSuite): NonNullable<PlaywrightSuite['specs']> => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(specsOf)
]

const skipReasons = new Set(['skip', 'fixme'])

/** A test that passed only when repeated counts as failed: calls must work the first time. */
export const playwrightCounts = (report: PlaywrightReport): Counts => {
  const tests = report.suites
    .flatMap(specsOf)
    .flatMap((spec) => spec.tests.map((test) => ({ ...test, title: spec.title })))
  const count = (...statuses: string[]): number => tests.filter(({ status }) => statuses.includes(status)).length
  return {
    passed: count('expected'),
    failed: count('unexpected', 'flaky') + report.errors.length,
    skipped: tests
      .filter(({ status }) => status === 'skipped')
      .map(({ title, annotations }) => ({
        name: title,
        reason: annotations.find(({ type }) => skipReasons.has(type))?.description ?? 'no reason given'
      }))
  }
}

/** What a suite came to: a runner that failed without naming a failed test has failed once. */
export const suiteCounts = (counts: Counts | undefined, exitCode: number): Counts => {
  const known = counts ?? none
  return exitCode !== 0 && known.failed === 0 ? { ...known, failed: 1 } : known
}
