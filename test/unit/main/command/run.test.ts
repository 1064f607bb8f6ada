// A command from its words to exit code and output; the app that runs is a fake here.
import { describe, expect, it, vi } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { Command, CommandAnswer } from '../../../../common/protocol/command.ts'
import type { Asking } from '../../../../main/command/ask.ts'
import { runCommand, type RunDeps } from '../../../../main/command/run.ts'

const words = catalogue('en').command
const done: CommandAnswer = { outcome: 'done', text: 'done it', status: null }
const answered = (answer: CommandAnswer): Asking => ({ kind: 'answer', answer })

const run = (line: string, asking: (command: Command) => Asking, deps: Partial<RunDeps> = {}) =>
  runCommand({
    args: line.split(' '),
    program: 'tamas',
    version: '1.2.3',
    locale: 'en',
    ask: async (command) => asking(command),
    start: null,
    wait: async () => undefined,
    ...deps
  })
const nobody = (): Asking => ({ kind: 'absent' })

describe('exit code and output', () => {
  it.each<[string, Asking, { code: number; out: string; err: string }]>([
    ['what was done', answered(done), { code: 0, out: 'done it', err: '' }],
    ['why it was refused', answered({ outcome: 'refused', text: 'no' }), { code: 1, out: '', err: 'no' }],
    ['still starting', answered({ outcome: 'starting' }), { code: 1, out: '', err: words.starting }],
    ['another version', answered({ outcome: 'unknown' }), { code: 1, out: '', err: words.notUnderstood }],
    ['no answer', { kind: 'silent' }, { code: 1, out: '', err: words.noAnswer }],
    ['no app', { kind: 'absent' }, { code: 3, out: '', err: words.notRunning }]
  ])('%s', async (_what, asking, printed) => {
    expect(await run('hangup', () => asking)).toEqual(printed)
  })
  it('speaks the person’s language', async () => {
    expect(await run('status', nobody, { locale: 'fa' })).toMatchObject({ err: catalogue('fa').command.notRunning })
  })
  it('says help and version without asking anybody, and what is wrong with its words', async () => {
    const never = (): Asking => {
      throw new Error('asked')
    }
    expect(await run('--help', never)).toEqual({ code: 0, out: words.help('tamas'), err: '' })
    expect(await run('--version', never)).toEqual({ code: 0, out: '1.2.3', err: '' })
    expect(await run('sing', never)).toEqual({ code: 2, out: '', err: words.unknown('sing', 'tamas') })
    expect(await run('--hidden', never)).toBeNull()
  })
  it('leaves out what could steer a terminal, whoever has it in their name', async () => {
    const asking = () => answered({ outcome: 'done', text: 'Calling \u001b]0;x\u0007Sara\u009b31m\nNo', status: null })
    expect((await run('status', asking))?.out).toBe('Calling ]0;xSara31m\nNo')
  })
  it('gives the status to programs as they read it', async () => {
    const status = { account: 'signedOut' as const, username: null, server: null, connected: false }
    const whole = { ...status, doNotDisturb: 'off', missed: 0, calls: [] }
    const asking = () => answered({ outcome: 'done', text: 'Signed out', status: whole })
    expect(JSON.parse((await run('status --json', asking))?.out ?? '')).toEqual(whole)
    expect((await run('status', asking))?.out).toBe('Signed out')
  })
})

describe('an app that does not run', () => {
  it('is started to dial, which then waits for the connection', async () => {
    const asked: Command[] = []
    let isStarted = false
    const asking = (command: Command): Asking => {
      asked.push(command)
      return asked.length < 4 ? nobody() : answered(done)
    }
    const printed = await run('dial 101', asking, {
      start: () => {
        isStarted = true
      }
    })
    expect(printed).toMatchObject({ code: 0 })
    expect(isStarted).toBe(true)
    expect(asked.at(0)).toEqual({ name: 'dial', to: '101', patient: false })
    expect(asked.at(-1)).toEqual({ name: 'dial', to: '101', patient: true })
  })
  it('and starts already is not started once more: to dial waits until it has', async () => {
    const start = vi.fn()
    let asked = 0
    const asking = (): Asking => answered((asked += 1) < 4 ? { outcome: 'starting' } : done)
    expect(await run('dial 101', asking, { start })).toMatchObject({ code: 0, out: 'done it' })
    expect([asked, start.mock.calls]).toEqual([4, []])
  })
  it('that does not come up is given up', async () => {
    expect(await run('dial 101', nobody, { start: () => undefined })).toMatchObject({ code: 1, err: words.notStarted })
  })
  it('is started by nothing else', async () => {
    let starts = 0
    const start = () => {
      starts += 1
    }
    for (const line of ['status', 'show', 'answer', 'quit']) {
      expect(await run(line, nobody, { start })).toMatchObject({ code: 3 })
    }
    expect(starts).toBe(0)
  })
})
