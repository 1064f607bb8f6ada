// What is asked of a run of malformed messages, and the lines that tell what became of them.
import { expect } from 'vitest'
import type { TestServer } from '../support/test-server.ts'
import type { MalformedRun } from './malformed.ts'

/** More than the server may keep of so many devices for a while: answers to repeats, buckets, ended calls. */
const growthMiB = 96

export const expectHarmless = (run: MalformedRun, server: TestServer): void => {
  expect(run.samePid).toBe(true)
  expect(run.complaints).toEqual([])
  expect(run.talk.words).toEqual([
    ['trying', 'ringing', 'accepted', 'conversation'],
    ['ringing/L', 'accepted/L', 'conversation']
  ])
  expect(run.talk.longestGapMs).toBeLessThan(1_500)
  expect(run.answers.get('internal') ?? 0, server.output().slice(-4_000)).toBe(0)
  expect(run.memory.late - run.memory.early).toBeLessThan(growthMiB)
}

export const malformedLines = (run: MalformedRun): string => {
  const answers = [...run.answers].sort(([, a], [, b]) => b - a).map(([code, count]) => `${code} ${count}`)
  const { early, late } = run.memory
  return [
    `${run.sent} malformed messages over ${run.connections} connections, seed ${run.seed}`,
    `answers: ${answers.join(', ')}`,
    `server's memory ${Math.round(early)} → ${Math.round(late)} MiB; longest gap in the talk of others ${run.talk.longestGapMs} ms`
  ].join('\n')
}
