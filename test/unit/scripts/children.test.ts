// Programs that a script has started: how they ended is told, all end, and nothing is started after that.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createChildren, exitText, type Children } from '../../../scripts/support/children.ts'
import { Interrupted } from '../../../scripts/support/interrupt.ts'
import { afterEnd } from '../../../scripts/support/upkeep.ts'

let folder = ''
let children: Children
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tamas-children-'))
  children = createChildren()
})
afterEach(async () => {
  await children.stopAll()
  rmSync(folder, { recursive: true })
})

const start = (code: string) =>
  children.start('a', process.execPath, ['-e', code], { logFile: path.join(folder, 'a.log') })

it('tells an exit code from a signal', async () => {
  expect(exitText(await start('process.exit(3)').ended)).toBe('exit code 3')
  expect(exitText(await start('process.kill(process.pid, "SIGKILL")').ended)).toBe('signal SIGKILL')
})

it('keeps what the first one said when it is started again', async () => {
  await start('console.log("first")').ended
  await start('console.log("second")').ended
  expect(readFileSync(path.join(folder, 'a.log'), 'utf8')).toBe('first\nsecond\n')
})

it('ends one that does not listen, and starts nothing any more', async () => {
  const deaf = start('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)')
  await children.stopAll(1)
  expect(deaf.isRunning()).toBe(false)
  expect(() => start('')).toThrow(Interrupted)
})

it.each([
  [{ code: 0, signal: null }, 60_000, 'Phone 102 was quit.', false],
  [
    { code: null, signal: 'SIGKILL' },
    60_000,
    'Phone 102 has ended unexpectedly (signal SIGKILL). It is started again.',
    true
  ],
  [{ code: 1, signal: null }, 60_000, 'Phone 102 has ended unexpectedly (exit code 1). It is started again.', true],
  [
    { code: 1, signal: null },
    500,
    'Phone 102 has ended unexpectedly (exit code 1) right after its start, and is not started again: see .tamas/logs/phone-102.log.',
    false
  ]
] as const)('a phone that ended with %j after %i ms', (exit, upMs, say, startAgain) => {
  expect(afterEnd({ user: '102', exit, upMs })).toEqual({ say, startAgain })
})
