// `npm test`: provisions, then runs the suites named as arguments, each in a process of its own; without names all but
// the one that takes many minutes. Prints the minutes of each and ends with the line `N passed, N failed`. A static check
// counts as one.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from './build.ts'
import { provision, type Needs } from './provision/provision.ts'
import { ProvisionError } from './provision/report.ts'
import { projectEnv, root, runNode, tool } from './support/run.ts'
import {
  addCounts,
  playwrightCounts,
  suiteCounts,
  vitestCounts,
  type Counts,
  type PlaywrightReport,
  type VitestReport
} from './support/test-report.ts'

type Suite = {
  readonly name: string
  readonly needs: Needs
  readonly run: () => Promise<Counts>
}

const reports = path.join(root, 'test-results')

const check = (name: string, args: readonly string[]): Suite => ({
  name,
  needs: {},
  run: async () => {
    const { code } = await runNode(args, { show: true })
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] }
  }
})

/** Runs a test runner that writes a JSON report to `file`. */
const runSuite = async (
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  read: (report: unknown) => Counts
): Promise<Counts> => {
  mkdirSync(reports, { recursive: true })
  rmSync(file, { force: true })
  const { code } = await runNode(args, { show: true, env: projectEnv(env) })
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : undefined
  return suiteCounts(counts, code)
}

const vitest = (name: 'unit' | 'property' | 'integration' | 'network', needs: Needs): Suite => ({
  name,
  needs,
  run: () => {
    const file = path.join(reports, `${name}.json`)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    return runSuite(file, [tool('vitest/vitest.mjs'), 'run', '--project', name, ...reporters], {}, (report) =>
      vitestCounts(report as VitestReport)
    )
  }
})

const e2e: Suite = {
  name: 'e2e',
  needs: { worker: true, electron: true, desktop: true, tests: true },
  run: async () => {
    const config = 'test/e2e/playwright.config.ts'
    if (!existsSync(path.join(root, config)))
      return { passed: 0, failed: 0, skipped: [{ name: 'e2e', reason: 'no tests' }] }
    await build()
    const project = (name: string, workers: number): Promise<Counts> => {
      const file = path.join(reports, `e2e-${name}.json`)
      const which = ['--config', config, `--project=${name}`, `--workers=${String(workers)}`]
      const args = [tool('@playwright/test/cli.js'), 'test', ...which, '--reporter=list,json']
      return runSuite(file, args, { PLAYWRIGHT_JSON_OUTPUT_FILE: file }, (report) =>
        playwrightCounts(report as PlaywrightReport)
      )
    }
    // Never at once: phones are listened to, and two windows of the gallery take two cores.
    const screens = await project('gallery', 2)
    return addCounts([screens, await project('phones', 1)])
  }
}

const suites: readonly Suite[] = [
  check('format', [tool('prettier/bin/prettier.cjs'), '--check', '.']),
  check('lint', [tool('eslint/bin/eslint.js'), '.']),
  check('types', ['scripts/types.ts']),
  vitest('unit', {}),
  vitest('property', {}),
  vitest('integration', { worker: true, tests: true }),
  e2e
]
const onRequest: readonly Suite[] = [vitest('network', { worker: true, tests: true })]
const everySuite = [...suites, ...onRequest]

/** Runs a suite under a heading. What it throws is a failure of this suite and stops none of the others. */
const runNamed = async ({ name, run }: Suite): Promise<{ readonly counts: Counts; readonly minutes: number }> => {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`)
  const started = Date.now()
  const counts = await run().catch((error: unknown): Counts => {
    console.error(error)
    return { passed: 0, failed: 1, skipped: [] }
  })
  return { counts, minutes: (Date.now() - started) / 60_000 }
}

const lastLine = ({ passed, failed }: Counts): void => {
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}

const runAll = async (chosen: readonly Suite[]): Promise<void> => {
  await provision(Object.assign({}, ...chosen.map(({ needs }) => needs)) as Needs)
  const lines: string[] = []
  const all: Counts[] = []
  for (const suite of chosen) {
    const { counts, minutes } = await runNamed(suite)
    const { passed, failed, skipped } = counts
    const numbers = `${String(passed).padStart(5)} passed ${String(failed).padStart(3)} failed`
    lines.push(
      `${suite.name.padEnd(12)} ${numbers} ${String(skipped.length).padStart(3)} skipped ${minutes.toFixed(1).padStart(5)} min`
    )
    lines.push(...skipped.map(({ name, reason }) => `             skipped: ${name} (${reason})`))
    all.push(counts)
  }
  console.log(`\n${lines.join('\n')}\n`)
  lastLine(addCounts(all))
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !everySuite.some((suite) => suite.name === name))
if (unknown.length > 0) {
  console.error(
    `There is no suite ${unknown.join(', ')}: choose from ${everySuite.map(({ name }) => name).join(', ')}.`
  )
  process.exitCode = 2
} else {
  try {
    await runAll(names.length === 0 ? suites : everySuite.filter(({ name }) => names.includes(name)))
  } catch (error) {
    console.error(error instanceof ProvisionError ? `\n${error.message}\n` : error)
    lastLine({ passed: 0, failed: 1, skipped: [] })
  }
}
