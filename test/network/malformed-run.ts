// What is asked of a run of malformed messages, and the lines that tell what became of them.
import { expect } from 'vitest'
import type { TestServer } from '../support/test-server.ts'
import type { MalformedRun } from './malformed.ts'

/**
 * In MiB of live heap, for each 10,000 messages and besides. While they come it grows by what is kept for a time (256
 * answers of each device, some minutes) and what is counted (buckets, tokens seen, ended calls: thousands at most);
 * afterwards only the latter may be left.
 */
const growth = { while: 8, after: 2, besides: 8 }

export const expectHarmless = (run: MalformedRun, server: TestServer): void => {
  expect(run.samePid).toBe(true)
  expect(run.complaints).toEqual([])
  expect(run.talk.words).toEqual([
    ['trying', 'ringing', 'accepted', 'conversation'],
    ['ringing/L', 'accepted/L', 'conversation']
  ])
  // Far more than it is on any machine that is not choked.
  expect(run.talk.longestGapMs).toBeLessThan(10_000)
  expect(run.answers.get('internal') ?? 0, server.output().slice(-4_000)).toBe(0)
  const [first, last] = [run.memory[0]?.live ?? 0, run.memory.at(-1)?.live ?? Infinity]
  expect(last - first, malformedLines(run)).toBeLessThan(growth.besides + (growth.while * run.sent) / 10_000)
  expect((run.liveAtLast ?? 0) - first, malformedLines(run)).toBeLessThan(
    growth.besides + (growth.after * run.sent) / 10_000
  )
}

export const malformedLines = (run: MalformedRun): string => {
  const answers = [...run.answers].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`)
  const mib = (value: number) => value.toFixed(1)
  const live = run.memory.map((one) => mib(one.live)).join(' ')
  const resident = run.memory.map((one) => one.resident.toFixed(0)).join(' ')
  const later = run.liveAtLast === null ? '' : `, and ${mib(run.liveAtLast)} when what is kept for a time was gone`
  return [
    `${run.sent} malformed messages over ${run.connections} connections, seed ${run.seed}`,
    `answers: ${answers.join(', ')}`,
    `server's heap in use by tenths in MiB: ${live}${later}; its process: ${resident}`,
    `longest gap in the talk of others ${run.talk.longestGapMs} ms`
  ].join('\n')
}
