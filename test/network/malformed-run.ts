// What is asked of a run of malformed messages, and the lines that tell what became of them.
import { expect } from 'vitest'
import type { TestServer } from '../support/test-server.ts'
import type { MalformedRun } from './malformed.ts'

/**
 * In MiB of live heap. While messages come it grows by what is kept for a time and counted: answers to repeats (256 for
 * each device, some minutes), buckets, ended calls. Afterwards all but a little must be gone again.
 */
const growthPer10000 = 8
const leftAtLast = 8

export const expectHarmless = (run: MalformedRun, server: TestServer): void => {
  expect(run.samePid).toBe(true)
  expect(run.complaints).toEqual([])
  expect(run.talk.words).toEqual([
    ['trying', 'ringing', 'accepted', 'conversation'],
    ['ringing/L', 'accepted/L', 'conversation']
  ])
  expect(run.talk.longestGapMs).toBeLessThan(1_500)
  expect(run.answers.get('internal') ?? 0, server.output().slice(-4_000)).toBe(0)
  const [first, last] = [run.memory[0]?.live ?? 0, run.memory.at(-1)?.live ?? Infinity]
  expect(last - first, malformedLines(run)).toBeLessThan(leftAtLast + (growthPer10000 * run.sent) / 10_000)
  expect((run.liveAtLast ?? 0) - first, malformedLines(run)).toBeLessThan(leftAtLast)
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
