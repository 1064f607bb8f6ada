// What is asked of a run of malformed messages, and the lines that tell what became of them.
import { expect } from 'vitest'
import type { TestServer } from '../support/test-server.ts'
import type { MalformedRun } from './malformed.ts'

/**
 * For the second half of the messages. In the first what is bounded fills up (answers to repeats of so many devices,
 * buckets, ended calls, the heap itself), and the curve bends; what leaked would grow on as before.
 */
const growthMiB = 80

export const expectHarmless = (run: MalformedRun, server: TestServer): void => {
  expect(run.samePid).toBe(true)
  expect(run.complaints).toEqual([])
  expect(run.talk.words).toEqual([
    ['trying', 'ringing', 'accepted', 'conversation'],
    ['ringing/L', 'accepted/L', 'conversation']
  ])
  expect(run.talk.longestGapMs).toBeLessThan(1_500)
  expect(run.answers.get('internal') ?? 0, server.output().slice(-4_000)).toBe(0)
  expect((run.memory.at(-1) ?? Infinity) - (run.memory[4] ?? 0), run.memory.join(' ')).toBeLessThan(growthMiB)
}

export const malformedLines = (run: MalformedRun): string => {
  const answers = [...run.answers].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`)
  return [
    `${run.sent} malformed messages over ${run.connections} connections, seed ${run.seed}`,
    `answers: ${answers.join(', ')}`,
    `server's memory by tenths in MiB: ${run.memory.join(' ')}; longest gap in the talk of others ${run.talk.longestGapMs} ms`
  ].join('\n')
}
