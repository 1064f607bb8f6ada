// `npm run bench`: measures what the project promises, prints a table and keeps the numbers in test/bench/results.
// `--only setup,calls` runs parts, `--note text` is kept with the numbers, `--quick` has few rounds, for a look, and keeps
// nothing. Goals are shown as met or missed; a missed one fails nothing.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from '../../scripts/build.ts'
import { electronRuntime } from '../../scripts/provision/paths.ts'
import { provision } from '../../scripts/provision/provision.ts'
import { ArgumentError, readArguments } from '../../scripts/support/arguments.ts'
import { main } from '../../scripts/support/main.ts'
import { root } from '../../scripts/support/run.ts'
import { measureCalls } from './calls.ts'
import { measureHistory } from './history.ts'
import { measureIdle } from './idle.ts'
import { againstBare, goalsMet, type PartResult } from './measure.ts'
import { measureSetUp } from './set-up.ts'
import { measureStart } from './start.ts'
import { rounded } from './stats.ts'
import { formatTable } from './table.ts'

type Part = (options: { readonly quick: boolean }) => Promise<PartResult>

const parts: Readonly<Record<string, Part>> = {
  setup: measureSetUp,
  start: measureStart,
  idle: measureIdle,
  calls: measureCalls,
  history: measureHistory
}

/** Which code was measured; empty outside a repository. */
const revision = (): string => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return ''
  }
}

/** Never the machine's name nor a path: only what decides the numbers. */
const machine = () => ({
  cores: os.availableParallelism(),
  cpu: os.cpus()[0]?.model ?? 'unknown',
  node: process.versions.node,
  electron: electronRuntime().version
})

const keep = (measured: ReadonlyMap<string, PartResult>, note: string, loadBefore: number): string => {
  const folder = path.join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  const day = new Date().toISOString().slice(0, 10)
  const commit = revision()
  const stem = `${day}-${commit === '' ? 'unknown' : commit.replace('-dirty', '')}`
  const free = (n: number): string => {
    const file = path.join(folder, n === 1 ? `${stem}.json` : `${stem}-${n}.json`)
    return existsSync(file) ? free(n + 1) : file
  }
  const file = free(1)
  const result = {
    at: new Date().toISOString(),
    revision: commit,
    note,
    machine: machine(),
    loadBefore: rounded(loadBefore),
    parts: Object.fromEntries(
      [...measured].map(([name, { measures, notes }]) => [
        name,
        {
          measures: measures.map((measure) => {
            const against = againstBare(measure)
            return {
              ...measure,
              value: rounded(measure.value),
              ...(measure.bare === undefined ? {} : { bare: rounded(measure.bare) }),
              ...(against === null ? {} : { againstBare: rounded(against) }),
              met: goalsMet(measure)
            }
          }),
          notes
        }
      ])
    )
  }
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`)
  return path.relative(root, file)
}

await main(async () => {
  const values = readArguments({
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    note: { type: 'string', default: '' }
  })
  const names = values.only === undefined ? Object.keys(parts) : values.only.split(',')
  const unknown = names.filter((name) => !Object.hasOwn(parts, name))
  if (unknown.length > 0)
    throw new ArgumentError(`There is no part ${unknown.join(', ')}: choose from ${Object.keys(parts).join(', ')}.`)
  const [loadBefore = 0] = os.loadavg()
  await provision({ worker: true, electron: true, desktop: true, tests: true })
  await build()
  const busy = loadBefore > os.availableParallelism()
  if (busy) console.log(`The machine is busy (load ${loadBefore.toFixed(1)}): expect worse numbers.`)
  const measured = new Map<string, PartResult>()
  for (const name of names) {
    console.log(`Measuring ${name} …`)
    const part = parts[name]
    try {
      if (part !== undefined) measured.set(name, await part({ quick: values.quick }))
    } catch (error) {
      // What the other parts found is not lost with it.
      console.log(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = 1
    }
  }
  console.log(`\n${formatTable(measured)}\n`)
  if (measured.size > 0 && !values.quick) console.log(`Kept in ${keep(measured, values.note, loadBefore)}`)
})
